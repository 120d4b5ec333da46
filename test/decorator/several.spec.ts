import { Controller, Get, Header, HttpCode, Sse } from '@nestjs/common';
import { of } from 'rxjs';
import type { AssignedVariant } from '../../src/decorator/assigned-variant.js';
import { ExperimentContext } from '../../src/decorator/experiment-context.service.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';
import { platforms, startApp, type DecoratedApp } from './decorated-app.fixture.js';
import { FakeRegistry } from './fakes.js';

@Controller()
class SeveralController {
  constructor(private readonly experiment: ExperimentContext) {}

  @Get('both')
  @Experiment('prompt')
  @Experiment('retrieval')
  both(@Variant('prompt') prompt: AssignedVariant, @Variant('retrieval') retrieval: AssignedVariant) {
    this.experiment.record({ task_completed: 1 });
    this.experiment.record({ quality_score: 0.5 }, 'retrieval');
    return [prompt.experiment, retrieval.experiment];
  }

  @HttpCode(202)
  @Experiment('prompt')
  @Header('x-own', 'kept')
  @Get('metadata')
  metadata() {
    return 'ok';
  }

  @Get('silent')
  @Experiment('prompt', { headers: false })
  silent() {
    return this.other();
  }

  @Experiment('retrieval')
  @Get('other')
  other() {
    return 'ok';
  }

  @Sse('sse')
  @Experiment('prompt')
  sse() {
    return of({ data: 'ok' });
  }

  @Get('slow')
  @Experiment('prompt')
  slow(@Variant() { variant }: AssignedVariant) {
    return { variant };
  }
}

describe.each(platforms)('On %s', (platform) => {
  let decorated: DecoratedApp;

  beforeEach(async () => {
    const registry = new FakeRegistry().add({ key: 'prompt' }).add({ key: 'retrieval' });
    decorated = await startApp(platform, { controllers: [SeveralController], registry });
  });
  afterEach(() => decorated.close());

  it('a method under two experiments exposes and records in both, for the same visitor', async () => {
    const response = await fetch(`${decorated.address}/both`);
    const outcomes = await decorated.outcomes.atLeast(2);
    const measured = Object.fromEntries(
      outcomes.map(({ assignment, metrics }) => [assignment.experiment, Object.keys(metrics).sort()]),
    );

    expect(await response.json()).toEqual(['prompt', 'retrieval']);
    expect(measured).toEqual({
      prompt: ['abandoned', 'error', 'latency_ms', 'task_completed'],
      retrieval: ['abandoned', 'error', 'latency_ms', 'quality_score', 'task_completed'],
    });
    expect(new Set(decorated.assignments.exposed.map(({ unitId }) => unitId)).size).toBe(1);
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect(response.headers.get('assay-experiment')).toBe('prompt, retrieval');
    expect(response.headers.get('assay-variant')).toBe('treatment, treatment');
    expect(response.headers.get('assay-token')?.split(', ')).toHaveLength(2);
  });

  it('the other decorators of a method keep working, above and below', async () => {
    const response = await fetch(`${decorated.address}/metadata`);

    expect(response.status).toBe(202);
    expect(response.headers.get('x-own')).toBe('kept');
    expect(response.headers.get('assay-experiment')).toBe('prompt');
  });

  it('headers can be switched off for a method', async () => {
    const response = await fetch(`${decorated.address}/silent`);

    expect([...response.headers.keys()].filter((name) => name.startsWith('assay'))).toEqual([]);
    expect(await decorated.outcomes.atLeast(1)).toHaveLength(1);
  });

  it('a decorated method called by another is no request of its own', async () => {
    await fetch(`${decorated.address}/silent`);
    await decorated.outcomes.atLeast(1);

    expect(decorated.assignments.exposed.map(({ experiment }) => experiment)).toEqual(['prompt']);
  });

  it.each(['slow', 'sse'])(
    'a unit that must be looked up is told its variant in headers of %s too',
    async (path) => {
      decorated.assignments.answer = async (assignment) => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return assignment;
      };
      const response = await fetch(`${decorated.address}/${path}`);
      await response.text();

      expect(response.headers.get('assay-variant')).toBe('treatment');
      expect(response.headers.get('assay-token')).toMatch(/^prompt~/);
      expect(decorated.assignments.asked).toHaveLength(1);
      expect(await decorated.outcomes.atLeast(1)).toHaveLength(1);
    },
  );
});
