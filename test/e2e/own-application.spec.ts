import {
  Controller,
  Get,
  Injectable,
  Module,
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AssayModule } from '../../src/assay.module.js';
import type { AssayOptions } from '../../src/assay.options.js';
import type { AssignedVariant } from '../../src/decorator/assigned-variant.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';
import { readConfiguration } from '../../src/operations/configuration/read-configuration.js';

@Controller()
class GreetingController {
  @Get('greeting')
  @Experiment('greeting', { unit: (request) => String(request.headers['x-user']) })
  greet(@Variant() { config }: AssignedVariant) {
    return { greeting: config['text'] };
  }
}

@Injectable()
class Settings {
  readonly headers = false;
}

@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

@Injectable()
class PasswordGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request: { headers: Record<string, string | undefined> } = context.switchToHttp().getRequest();
    return request.headers['x-password'] === 'sesame';
  }
}

const greeting = {
  key: 'greeting',
  control: 'plain',
  variants: [
    { key: 'plain', config: { text: 'Hello' } },
    { key: 'warm', config: { text: 'Welcome back' } },
  ],
  metrics: { primary: 'thumbs_up' },
};

const declared = {
  configuration: readConfiguration({ ASSAY_DATA_DIR: 'memory://' }),
  experiments: [greeting],
  autoStart: true,
};

async function start(options: AssayOptions): Promise<{ app: NestExpressApplication; url: string }> {
  return startWith(AssayModule.forRoot({ ...declared, ...options }));
}

async function startWith(assay: DynamicModule): Promise<{ app: NestExpressApplication; url: string }> {
  @Module({ imports: [assay], controllers: [GreetingController] })
  class OwnModule {}
  const app = await NestFactory.create<NestExpressApplication>(OwnModule, {
    logger: ['fatal'],
    abortOnError: false,
  });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}

describe("Assay in a user's own application, on Express", () => {
  it('serves variants on decorated routes and adds no route of its own', async () => {
    const { app, url } = await start({});
    try {
      const answer = await fetch(`${url}/greeting`, { headers: { 'x-user': 'ada' } });
      expect(['Hello', 'Welcome back']).toContain(((await answer.json()) as { greeting: string }).greeting);
      expect(answer.headers.get('assay-experiment')).toBe('greeting');
      expect((await fetch(`${url}/v1/experiments`)).status).toBe(404);
    } finally {
      await app.close();
    }
  });

  it("offers the routes behind the application's guard, with Assay's validation and errors", async () => {
    const { app, url } = await start({ routes: { guard: PasswordGuard } });
    const open = { 'x-password': 'sesame', 'content-type': 'application/json' };
    try {
      expect((await fetch(`${url}/v1/experiments`)).status).toBe(403);
      const list = (await (await fetch(`${url}/v1/experiments`, { headers: open })).json()) as {
        experiments: unknown[];
      };
      expect(list.experiments).toMatchObject([{ key: 'greeting', status: 'running' }]);
      const refused = await fetch(`${url}/v1/experiments`, {
        method: 'POST',
        headers: open,
        body: '{"colour":"red"}',
      });
      expect(refused.status).toBe(400);
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
    } finally {
      await app.close();
    }
  });

  it('takes its options from what another provider knows', async () => {
    const assay = AssayModule.forRootAsync({
      imports: [SettingsModule],
      inject: [Settings],
      useFactory: async ({ headers }: Settings) => Promise.resolve({ ...declared, headers }),
      routes: { guard: PasswordGuard },
    });
    const { app, url } = await startWith(assay);
    try {
      const answer = await fetch(`${url}/greeting`, { headers: { 'x-user': 'ada' } });
      expect(['Hello', 'Welcome back']).toContain(((await answer.json()) as { greeting: string }).greeting);
      expect(answer.headers.get('assay-experiment')).toBeNull();
      expect((await fetch(`${url}/v1/experiments`)).status).toBe(403);
    } finally {
      await app.close();
    }
  });

  it('refuses options whose factory gives a configuration that cannot be', async () => {
    const assay = AssayModule.forRootAsync({
      useFactory: () => ({ configuration: readConfiguration({ PORT: 'here' }) }),
    });
    await expect(startWith(assay)).rejects.toThrow('PORT=here');
  });

  it('adds the metrics that its experiments name, and keeps those that are there', async () => {
    const tone = { key: 'tone', kind: 'mean', direction: 'increase', category: 'quality' } as const;
    const named = { ...greeting, metrics: { primary: 'tone' } };
    const metrics = [tone, { ...tone, key: 'error' }];
    const { app, url } = await start({ experiments: [named], metrics, routes: { guard: PasswordGuard } });
    try {
      const answer = await fetch(`${url}/v1/metrics`, { headers: { 'x-password': 'sesame' } });
      const list = ((await answer.json()) as { metrics: { key: string; category: string }[] }).metrics;
      expect(list.find(({ key }) => key === 'tone')).toMatchObject({ ...tone, unit: '' });
      expect(list.find(({ key }) => key === 'error')?.category).toBe('reliability');
      const served = await fetch(`${url}/greeting`, { headers: { 'x-user': 'ada' } });
      expect(served.headers.get('assay-experiment')).toBe('greeting');
    } finally {
      await app.close();
    }
  });

  it('refuses a metric that cannot be, naming it', async () => {
    const ratio = { key: 'share', kind: 'ratio', direction: 'increase', category: 'quality' } as const;
    await expect(start({ metrics: [ratio] })).rejects.toThrow(
      'The metric "share" registered in code is not valid: /numerator numerator and denominator belong to kind "ratio"',
    );
  });
});
