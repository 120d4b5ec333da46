import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { SeenExperimentPipe, type ExperimentReference } from './seen-experiment.pipe.js';

const reference = createParamDecorator((_data: unknown, context: ExecutionContext): ExperimentReference => {
  const request: { params: { key: string }; headers: Record<string, string | undefined> } = context
    .switchToHttp()
    .getRequest();
  return { key: request.params.key, ifMatch: request.headers['if-match'] };
});

/**
 * The experiment of the route's `:key`, read afresh.
 * The request is refused when there is none, or when its `If-Match` names another version.
 */
export const SeenExperiment = () => reference(SeenExperimentPipe);
