import { GuardrailJob } from '../../../src/guardrails/guardrail.job.js';
import { PageFiles } from '../../../src/dashboard/page/page-files.client.js';
import { startServer, type StartedServer } from '../../e2e/server.fixture.js';
import { builtPage } from '../xss/built-page.fixture.js';

/** A server that a browser can reach, showing the page as its sources are now. */
export interface WalkServer extends StartedServer {
  readonly url: string;
  /** New users, each with what its variant brings. */
  visit(
    experiment: string,
    count: number,
    measured: (variant: string, index: number) => object,
  ): Promise<void>;
  /** The guardrails' next look. */
  look(): Promise<void>;
}

let visited = 0;

export async function startWalkServer(): Promise<WalkServer> {
  const files = builtPage();
  const server = await startServer({ ASSAY_SIMULATED_TIME_SCALE: '0' });
  server.app.get(PageFiles, { strict: false }).find = files.find.bind(files);
  await server.app.listen(0, '127.0.0.1');
  return {
    ...server,
    url: await server.app.getUrl(),
    async visit(experiment, count, measured) {
      const outcomes: object[] = [];
      for (let index = 0; index < count; index += 1) {
        const unit = `walker-${(visited += 1)}`;
        const { body } = await server.call('POST', '/v1/assignments', { experiment, unit });
        outcomes.push({ id: unit, token: body.token, metrics: measured(body.variant, index) });
      }
      const { status } = await server.call('POST', '/v1/outcomes', { outcomes });
      if (status !== 202) throw new Error(`Outcomes were answered ${status}.`);
    },
    async look() {
      server.advance(11_000);
      await server.app.get(GuardrailJob, { strict: false }).tick();
    },
  };
}
