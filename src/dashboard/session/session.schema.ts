import { z } from 'zod';

/** The key that a session is opened with. */
export const SignIn = z.strictObject({
  key: z.string().trim().min(1).max(512).describe('An API key of scope read, operate or admin'),
});

export type SignInRequest = z.infer<typeof SignIn>;
