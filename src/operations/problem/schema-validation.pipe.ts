import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { placeNames, readInput } from './read-input.js';

/** Gives a handler what `@Body`, `@Query` or `@Param` name, once {@link readInput} finds it safe and as its schema says. */
@Injectable()
export class SchemaValidationPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'custom') return value;
    const place = metadata.data
      ? `${placeNames[metadata.type]} ("${metadata.data}")`
      : placeNames[metadata.type];
    return readInput(value, metadata.schema, place);
  }
}
