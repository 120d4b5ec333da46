import { HttpException } from '@nestjs/common';
import { AssayError } from '../../operations/assay-error.js';
import { statusOf } from '../../operations/problem/problem.js';
import type { Thrown } from '../interaction/interaction-outcome.js';

/** Whether what was thrown blames the caller, by a status below 500 of Nest's, Assay's or http-errors' kind. */
export function thrownKindOf(error: unknown): Thrown {
  const status = statusFrom(error);
  return status !== null && status < 500 ? 'refusal' : 'error';
}

function statusFrom(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof AssayError) return statusOf(error.code);
  const isHttpError = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
  return isHttpError ? (error.statusCode as number) : null;
}
