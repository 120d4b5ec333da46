import { Body, Query, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DIRECT_INPUT, type DirectInput } from './direct-input.js';

type Schema = NonNullable<DirectInput['schema']>;

/**
 * The query of a route on the hot path. The server answers such a route straight from Fastify, with the same access,
 * validation and errors as any other, but without Nest's guards, pipes and interceptors, which cost more than the answer.
 * The method takes this input first, and may take a reply whose `status` it sets second.
 *
 * In an application with its own access control the route is an ordinary one of Nest's.
 *
 * @example
 * lookUp(@DirectQuery(AssignmentQuery) query: AssignmentLookup) {}
 */
export function DirectQuery(schema: Schema): ParameterDecorator {
  return direct({ place: 'query', schema }, Query({ schema }));
}

/** The body of a route on the hot path, as {@link DirectQuery}. */
export function DirectBody(schema: Schema): ParameterDecorator {
  return direct({ place: 'body', schema }, Body({ schema }));
}

/**
 * The same for a body of many items, as it was parsed: the method looks at it itself, since the validation of a whole body
 * would refuse all items for one.
 */
export function DirectItems(): ParameterDecorator {
  return direct({ place: 'body', schema: null }, unreadBody());
}

const unreadBody = createParamDecorator((_data: unknown, context: ExecutionContext): unknown => {
  const request: { body?: unknown } = context.switchToHttp().getRequest();
  return request.body;
});

function direct(input: DirectInput, ordinary: ParameterDecorator): ParameterDecorator {
  return (target, method, index) => {
    ordinary(target, method, index);
    const handler = (target as Record<PropertyKey, object>)[method ?? ''];
    if (handler) Reflect.defineMetadata(DIRECT_INPUT, input, handler);
  };
}
