import { Controller, Get, Injectable, Logger, type Type } from '@nestjs/common';
import { jest } from '@jest/globals';
import { ExperimentExplorer } from '../../src/decorator/experiment.explorer.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';
import type { Experiment as ExperimentRecord } from '../../src/experiments/experiment.js';
import { startApp, type AppParts } from './decorated-app.fixture.js';
import { FakeRegistry } from './fakes.js';

@Controller('one')
class SummarizeController {
  @Get()
  @Experiment('exp_summarize_v2')
  summarize() {
    return 'ok';
  }

  @Get('plain')
  plain() {
    return 'ok';
  }
}

@Controller('two')
class DigestController {
  @Get()
  @Experiment('exp_digest')
  digest() {
    return 'ok';
  }
}

async function explore<Result>(
  parts: AppParts,
  ask: (explorer: ExperimentExplorer) => Result,
): Promise<Result> {
  const { app, close } = await startApp('fastify', parts);
  try {
    return ask(app.get(ExperimentExplorer));
  } finally {
    await close();
  }
}

const boot = (controller: Type, providers: Type[] = []) =>
  explore({ controllers: [controller], providers }, () => undefined);

describe('At boot', () => {
  it('every decorated method is noted with its place', async () => {
    const registry = new FakeRegistry();
    await explore({ controllers: [SummarizeController, DigestController], registry }, () => undefined);

    expect(registry.notedUses).toEqual([
      ['exp_summarize_v2', 'SummarizeController.summarize'],
      ['exp_digest', 'DigestController.digest'],
    ]);
  });

  it('known keys are accepted', async () => {
    await explore({ controllers: [SummarizeController] }, (explorer) => explorer.check());
  });

  it('every key that no experiment has is refused, with its place and the keys there are', async () => {
    const registry = new FakeRegistry().add({ key: 'exp_other' });
    const parts = { controllers: [SummarizeController, DigestController], registry };

    await explore(parts, (explorer) => {
      expect(() => explorer.check()).toThrow(
        expect.objectContaining({
          code: 'INVALID_CONFIGURATION',
          message: expect.stringMatching(
            /SummarizeController\.summarize decorates "exp_summarize_v2", but no experiment of that key is registered or stored \(known are exp_other\)[^]*DigestController\.digest decorates "exp_digest"/,
          ),
        }),
      );
    });
  });

  it.each<[Partial<ExperimentRecord>, RegExp]>([
    [
      { status: 'concluded', decidedVariant: 'treatment' },
      /SummarizeController\.summarize still decorates .* concluded on "treatment"/,
    ],
    [{ status: 'archived' }, /SummarizeController\.summarize still decorates .* archived/],
    [
      { unit: 'tenant' },
      /each tenant a variant, but SummarizeController\.summarize does not say which tenant/,
    ],
  ])('%p is pointed out', async (changes, message) => {
    const warned: unknown[] = [];
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation((message) => warned.push(message));
    const registry = new FakeRegistry().add({ key: 'exp_summarize_v2', ...changes });
    await explore({ controllers: [SummarizeController], registry }, (explorer) => explorer.check());

    expect(warned).toEqual([expect.stringMatching(message)]);
    warn.mockRestore();
  });

  it('a @Variant without an @Experiment is refused', async () => {
    @Controller()
    class Forgetful {
      @Get()
      read(@Variant() variant: unknown) {
        return variant;
      }
    }
    await expect(boot(Forgetful)).rejects.toThrow('Forgetful.read takes @Variant() but has no @Experiment');
  });

  it('an @Experiment outside of a controller is refused', async () => {
    @Injectable()
    class Service {
      @Experiment('exp_summarize_v2')
      work() {
        return 'ok';
      }
    }
    await expect(boot(SummarizeController, [Service])).rejects.toThrow(
      'Service.work is no controller method',
    );
  });
});
