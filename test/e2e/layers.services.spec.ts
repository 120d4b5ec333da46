import { Replicas } from './replicas.fixture.js';

const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'latency_ms', window: 'PT1H' },
  guardrails: [],
};

describe('a layer that three servers claim slots of at once', () => {
  let replicas: Replicas;
  beforeAll(async () => {
    replicas = await Replicas.start();
  }, 300_000);
  afterAll(() => replicas.close());

  it('gives no slot twice, and refuses whoever finds too few', async () => {
    for (const round of Array.from({ length: 10 }, (_, index) => index)) {
      const layer = { key: `layer-${round}`, percent: 20 };
      const keys = Array.from({ length: 9 }, (_, index) => `rival-${round}-${index}`);
      for (const key of keys) await replicas.post(0, 'experiments', { ...definition, key, layer });
      const answers = await Promise.all(
        keys.map((key, index) => replicas.at(index % 3).call('POST', `/v1/experiments/${key}/start`, {})),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([
        ...Array<number>(5).fill(200),
        ...Array<number>(4).fill(409),
      ]);
      const claimed = answers.flatMap(({ status, body }) =>
        status === 200 ? (body as { layer: { slots: [number, number][] } }).layer.slots : [],
      );
      expect(claimed.sort(([a], [b]) => a - b)).toEqual([
        [0, 2_000],
        [2_000, 4_000],
        [4_000, 6_000],
        [6_000, 8_000],
        [8_000, 10_000],
      ]);
    }
  }, 120_000);
});
