import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from './decision.js';

/** Who makes this request: the selector of the API key, or `local` where none is needed. */
export const RequestActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const request: { apiKey?: { selector: string } } = context.switchToHttp().getRequest();
  return `person:${request.apiKey?.selector ?? 'local'}`;
});
