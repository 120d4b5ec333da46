import { createParamDecorator } from '@nestjs/common';
import { AssayError } from '../operations/assay-error.js';
import type { AssignedVariant } from './assigned-variant.js';
import { noteVariantParameter } from './declaration/experiment-metadata.accessor.js';
import { currentRequest } from './request/request-scope.js';
import { servedWithin } from './request/served.js';

const readVariant = createParamDecorator((key: string | null): AssignedVariant => {
  const served = servedWithin(currentRequest(), key);
  if (served) return served;
  throw new AssayError('INTERNAL', '@Variant() is read outside of a request of its @Experiment method.');
});

/**
 * The {@link AssignedVariant} of the request, as a parameter of an `@Experiment` method. Never null: without a variant it holds
 * the fallback's configuration.
 *
 * @param key which experiment; only needed under several
 */
export function Variant(key: string | null = null): ParameterDecorator {
  return (prototype, method, index) => {
    if (method !== undefined) noteVariantParameter(prototype, method, key);
    readVariant(key)(prototype, method, index);
  };
}
