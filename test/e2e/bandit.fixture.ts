import type { StartedServer } from './server.fixture.js';

export const minute = 60_000;
export const hour = 60 * minute;

export const definition = {
  control: 'control',
  variants: [
    { key: 'control', config: { systemPrompt: 'A' } },
    { key: 'treatment', config: { systemPrompt: 'B' } },
  ],
  // Cohort bins of a minute, so that a span of comparison is 24 minutes.
  metrics: { primary: 'task_completed', window: 'PT5M' },
  guardrails: [],
};

export const burnIn = { unitsPerVariant: 50 };

/** Whether the unit of this number is one of so many in ten. */
export const everyTenth = (tenths: number, index: number): boolean => (index * 7) % 10 < tenths;

/** What tests of a bandit ask of a server. */
export function banditScene(serverOf: () => StartedServer) {
  const start = async (key: string, allocation: object) => {
    await serverOf().call('POST', '/v1/experiments', { ...definition, key, allocation });
    const started = await serverOf().call('POST', `/v1/experiments/${key}/start`);
    expect(started.status).toBe(200);
  };
  const allocate = (key: string, body: object) =>
    serverOf().call('PUT', `/v1/experiments/${key}/allocation`, body);
  const reallocate = async (key: string) =>
    (await serverOf().call('POST', `/v1/experiments/${key}/reallocate`)).body;
  const actions = async (key: string): Promise<string[]> =>
    (await serverOf().call('GET', `/v1/experiments/${key}/decisions`)).body.decisions.map(
      ({ action }: { action: string }) => action,
    );
  /** New units, each with what its variant brings; they are matured once ten minutes have passed. */
  const live = async (
    key: string,
    prefix: string,
    count: number,
    measured: (variant: string, index: number) => object,
  ) => {
    const outcomes = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const unit = `${prefix}-${index}`;
        const { body } = await serverOf().call('POST', '/v1/assignments', { experiment: key, unit });
        return { id: unit, experiment: key, unit, metrics: measured(body.variant, index) };
      }),
    );
    const taken = await serverOf().call('POST', '/v1/outcomes', { outcomes });
    expect(taken.body.accepted).toBe(count);
    serverOf().advance(10 * minute);
  };
  return { start, allocate, reallocate, actions, live };
}
