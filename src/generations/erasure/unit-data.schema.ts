import { z } from 'zod';

export const UnitId = z.string().min(1).max(1024);
