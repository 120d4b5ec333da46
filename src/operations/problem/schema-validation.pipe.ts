import { Injectable, type ArgumentMetadata, type Paramtype, type PipeTransform } from '@nestjs/common';
import { readInput } from './read-input.js';

const PLACES: Readonly<Record<Paramtype, string>> = {
  body: 'body',
  query: 'query string',
  param: 'path',
  custom: 'request',
};

/** Gives a handler what `@Body`, `@Query` or `@Param` name, once {@link readInput} finds it safe and as its schema says. */
@Injectable()
export class SchemaValidationPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'custom') return value;
    const place = metadata.data ? `${PLACES[metadata.type]} ("${metadata.data}")` : PLACES[metadata.type];
    return readInput(value, metadata.schema, place);
  }
}
