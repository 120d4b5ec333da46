import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runSimulateCommand } from '../../src/simulation/simulate.command.js';
import type { SimulationResult } from '../../src/simulation/report/simulation-result.js';
import { startServer, type StartedServer } from '../e2e/server.fixture.js';

const silent = { begin() {}, advance() {}, tell() {}, end() {} };

/** Runs the command; what it wrote, and its exit code. */
async function simulate(...words: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const output = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
  const code = await runSimulateCommand(words, output, silent);
  return { code, out: out.join('\n'), err };
}

/** The address at which the server now listens. */
async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('npm run simulate against a running server', () => {
  let server: StartedServer;
  let url: string;

  beforeAll(async () => {
    server = await startServer({ ASSAY_SIMULATED_TIME_SCALE: '0' });
    await server.app.listen(0, '127.0.0.1');
    url = await server.app.getUrl();
  });
  afterAll(() => server.close());

  it('moves new users to the better variant, keeps the others, and finds the effect', async () => {
    const { code, out, err } = await simulate(
      '--bandit',
      '--users',
      '200',
      '--effect',
      '1.2',
      '--json',
      '--url',
      url,
    );
    expect({ code, err }).toEqual({ code: 0, err: [] });
    const result = JSON.parse(out) as SimulationResult;
    expect(result).toMatchObject({
      experiment: 'simulation-s1-r1',
      mode: 'bandit',
      better: 'treatment',
      status: 'running',
    });
    const [first, ...later] = result.epochs;
    expect(first).toMatchObject({ number: 1, cause: 'start' });
    expect(later.length).toBeGreaterThan(0);
    // A hundred users of the first wave tell 1.2 stars apart beyond doubt; the floor leaves control 1 %.
    for (const epoch of later) {
      expect(epoch).toMatchObject({
        cause: 'bandit',
        reason: expect.stringMatching(/probability of being best/),
      });
      expect(epoch.evidence['probabilityBest']).toBeDefined();
      expect(epoch.betterShare).toBeGreaterThan(0.8);
    }
    expect(result.sticky.asked).toBeGreaterThan(90);
    expect(result.sticky.kept).toBe(result.sticky.asked);
    const difference = result.estimates.at(-1);
    expect(difference?.truth).toBe(1.2);
    expect(difference?.interval?.[0]).toBeGreaterThan(0);
    expect(result.example).toMatchObject({ users: 10, leftOut: null });
    expect(result.example.ratings).toBeGreaterThan(3);
    expect(result.traffic.refused).toBe(0);
  }, 90_000);

  it('takes the next name for the same seed, and draws its tables', async () => {
    const { code, out } = await simulate('--users', '20', '--url', `${url}/`);
    expect(code).toBe(0);
    expect(out).toContain('simulation-s1-r2: 20 users, true effect 0.3, fixed split; running');
    expect(out).toContain('user_rating: true effect in, estimate out');
    expect(out).toMatch(/Recommendation: CONTINUE/);
  }, 60_000);
});

describe('npm run simulate, told or met with something it cannot use', () => {
  let stranger: Server;
  let url: string;
  let answer: { status: number; body: string };

  beforeAll(async () => {
    stranger = createHttpServer((_request, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    url = await listening(stranger);
  });
  afterAll(() => new Promise((resolve) => stranger.close(resolve)));

  it('explains itself', async () => {
    expect(await simulate('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--effect') });
  });

  it('refuses an unknown option in one line', async () => {
    const { code, err } = await simulate('--colour');
    expect(code).toBe(2);
    expect(err).toEqual([expect.stringMatching(/^[^\n]*'--colour'[^\n]*--help[^\n]*$/)]);
  });

  it('says in one line that no server answers', async () => {
    const gone = createHttpServer();
    const address = await listening(gone);
    await new Promise((resolve) => gone.close(resolve));
    const { code, err } = await simulate('--url', address);
    expect(code).toBe(1);
    expect(err).toEqual([
      `No server answers at ${address} (ECONNREFUSED). Start one with npm start, or name another with --url.`,
    ]);
  });

  it.each([
    [
      'a missing key',
      401,
      { code: 'UNAUTHENTICATED', detail: 'No valid API key.' },
      /^No key was given: .*--key/,
    ],
    ['something that is not Assay', 404, { hello: 'world' }, /was answered 404\. Is this an Assay server\?$/],
    [
      'a refusal',
      400,
      { code: 'INVALID_REQUEST', detail: 'See errors.' },
      /400: INVALID_REQUEST, See errors\.$/,
    ],
  ])('says in one line that it met %s', async (_what, status, body, message) => {
    answer = { status, body: JSON.stringify(body) };
    const { code, err } = await simulate('--url', url);
    expect(code).toBe(1);
    expect(err).toEqual([expect.stringMatching(message)]);
  });

  it('tells a key that is not enough from a missing one', async () => {
    answer = { status: 403, body: JSON.stringify({ code: 'FORBIDDEN', detail: 'Too little.' }) };
    const { err } = await simulate('--url', url, '--key', 'assay_read');
    expect(err).toEqual([expect.stringMatching(/^The key given is not enough: .*scope admin/)]);
  });
});
