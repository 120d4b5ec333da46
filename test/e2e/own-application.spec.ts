import { Controller, Get, Injectable, Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
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

async function start(options: AssayOptions): Promise<{ app: NestExpressApplication; url: string }> {
  const configuration = readConfiguration({ ASSAY_DATA_DIR: 'memory://' });
  const assay = AssayModule.forRoot({ configuration, experiments: [greeting], autoStart: true, ...options });
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
});
