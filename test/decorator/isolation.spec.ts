import { Body, Controller, Injectable, Post, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { AssignedVariant } from '../../src/decorator/assigned-variant.js';
import { ExperimentContext } from '../../src/decorator/experiment-context.service.js';
import { unitFromHeader } from '../../src/decorator/declaration/experiment-use.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';
import { platforms, startApp, type DecoratedApp } from './decorated-app.fixture.js';

@Injectable()
class DeepService {
  constructor(private readonly experiment: ExperimentContext) {}

  async work(number: number): Promise<string | null> {
    await wait(number % 7);
    this.experiment.record({ quality_score: number });
    await wait(number % 5);
    return this.experiment.variant('exp_summarize_v2').variant;
  }
}

const own = { unit: unitFromHeader('x-user-id') };

@Controller()
class DeepController {
  constructor(private readonly service: DeepService) {}

  @Post('promise')
  @Experiment('exp_summarize_v2', own)
  async promise(@Body() body: { number: number }, @Variant() { variant }: AssignedVariant) {
    return [variant, await this.service.work(body.number)];
  }

  @Post('stream')
  @Experiment('exp_summarize_v2', own)
  stream(@Body() body: { number: number }, @Variant() { variant }: AssignedVariant) {
    const { service } = this;
    async function* text() {
      yield `["${variant}",`;
      // More than any buffer holds, so that the end is read when the socket drains.
      yield ' '.repeat(300_000);
      yield `"${await service.work(body.number)}"]`;
    }
    return new StreamableFile(Readable.from(text()));
  }
}

describe.each(platforms)('Requests side by side on %s', (platform) => {
  let decorated: DecoratedApp;

  beforeAll(async () => {
    decorated = await startApp(platform, { controllers: [DeepController], providers: [DeepService] });
    decorated.assignments.variantOf = (unit) => (Number(unit) % 2 === 0 ? 'control' : 'treatment');
  });
  afterAll(() => decorated.close());

  it.each(['promise', 'stream'])(
    'never see or record into one another: 50 at once, each answered by a %s',
    async (path) => {
      const numbers = Array.from({ length: 50 }, (_, number) => number);
      const before = decorated.outcomes.recorded.length;
      const answers = await Promise.all(
        numbers.map(async (number) => {
          const response = await fetch(`${decorated.address}/${path}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-user-id': String(number) },
            body: JSON.stringify({ number }),
          });
          return response.json();
        }),
      );
      const outcomes = (await decorated.outcomes.atLeast(before + 50)).slice(before);

      expect(answers).toEqual(
        numbers.map((number) => Array(2).fill(number % 2 === 0 ? 'control' : 'treatment')),
      );
      const scores = outcomes.map(({ assignment, metrics }) => [
        Number(assignment.unitId),
        metrics.quality_score,
      ]);
      expect(new Map(scores as [number, number][])).toEqual(
        new Map(numbers.map((number) => [number, number])),
      );
      expect(new Set(outcomes.map(({ interaction }) => interaction)).size).toBe(50);
    },
  );
});
