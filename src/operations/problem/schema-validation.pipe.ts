import {
  Injectable,
  StandardSchemaValidationPipe,
  type ArgumentMetadata,
  type Paramtype,
} from '@nestjs/common';
import { AssayError, type Fault } from '../assay-error.js';
import { faultSummary } from './fault-summary.js';
import { inspectInput, pointerTo } from './input-inspection.js';
import { receivedValue, valueAt } from './received-value.js';

/** One fault as any Standard Schema library reports it. */
interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** Which fields a strict object of zod does not know. */
  readonly keys?: readonly string[];
}

const PLACES: Readonly<Record<Paramtype, string>> = {
  body: 'body',
  query: 'query string',
  param: 'path',
  custom: 'request',
};

function faultsOf(issue: SchemaIssue, input: unknown): Fault[] {
  const path = (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step));
  const pointer = path.reduce<string>(pointerTo, '');
  if (issue.keys && issue.keys.length > 0) {
    const unknown = 'is no field that is known here; check its spelling or remove it';
    return issue.keys.map((key) => ({ pointer: pointerTo(pointer, key), message: unknown }));
  }
  // A schema that reads numbers from text complains of the NaN that it made, not of what was sent.
  const message = issue.message.replace(/, received NaN$/, '');
  return [{ pointer, message: `${message} (received ${receivedValue(path, valueAt(input, path))})` }];
}

function refusal(place: string, faults: readonly Fault[]): AssayError {
  const detail = `The ${place} is not valid: ${faultSummary(faults)}. Correct what "errors" lists and send it again.`;
  return new AssayError('INVALID_REQUEST', detail, faults);
}

/**
 * Whether what a handler is given is safe ({@link inspectInput}) and fits the schema named in `@Body`, `@Query` or `@Param`.
 * Refuses with INVALID_REQUEST: a JSON pointer, the reason and the value received for each fault.
 */
@Injectable()
export class SchemaValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    if (metadata.type === 'custom') return value;
    const place = metadata.data ? `${PLACES[metadata.type]} ("${metadata.data}")` : PLACES[metadata.type];
    const unsafe = inspectInput(value);
    if (unsafe.length > 0) throw refusal(place, unsafe);
    if (!metadata.schema) return value;
    const result = await this.validate<T>(value, metadata.schema);
    if (!result.issues) return result.value;
    throw refusal(
      place,
      result.issues.flatMap((issue) => faultsOf(issue, value)),
    );
  }
}
