import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/**
 * The body as it was parsed, which nothing has looked at yet.
 * For a body of many items: the validation of a whole body would refuse all of them for one.
 */
export const UnreadBody = createParamDecorator((_data: unknown, context: ExecutionContext): unknown => {
  const request: { body?: unknown } = context.switchToHttp().getRequest();
  return request.body;
});
