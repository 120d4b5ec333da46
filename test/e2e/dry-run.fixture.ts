/** A request about one experiment: its path after the experiment's. */
export type Call = readonly [method: string, path: string, body?: object];

export const start: Call = ['POST', '/start'];
export const reason = { reason: 'why not' };
export const running: readonly Call[] = [start];
const rollout: Call = [
  'POST',
  '/rollout',
  { winner: 'treatment', stages: [{ percent: 60, hold: 'PT1H' }, { percent: 100 }] },
];
const ramp: Call = [
  'PATCH',
  '',
  {
    ramp: [
      { after: 'P0D', coverage: 5 },
      { after: 'P1D', coverage: 50, approval: true },
    ],
  },
];

/** What leads up to each write, and the write. */
export const writes: readonly (readonly [route: string, before: readonly Call[], write: Call])[] = [
  [
    'PATCH of a draft',
    [],
    [
      'PATCH',
      '',
      {
        name: 'New',
        variants: [
          { key: 'control', weight: 9 },
          { key: 'treatment', weight: 1 },
        ],
      },
    ],
  ],
  [
    'PATCH of a draft with a new indicator',
    [],
    ['PATCH', '', { guardrails: [{ metric: 'latency_ms', quantile: 0.9, above: 7_777, action: 'warn' }] }],
  ],
  ['PATCH of a started one', running, ['PATCH', '', { coverage: 100, ...reason, name: 'Later' }]],
  ['DELETE', [], ['DELETE', '']],
  ['start', [], start],
  ['pause', running, ['POST', '/pause', reason]],
  ['resume', [start, ['POST', '/pause', reason]], ['POST', '/resume', reason]],
  ['lift of a kill', [start, ['POST', '/kill', reason]], ['POST', '/resume', reason]],
  ['conclude', running, ['POST', '/conclude', { variant: 'treatment', ...reason }]],
  ['archive', [start, ['POST', '/conclude', reason]], ['POST', '/archive', reason]],
  ['kill', running, ['POST', '/kill', reason]],
  ['allocation', running, ['PUT', '/allocation', { mode: 'fixed', weights: { control: 20, treatment: 80 } }]],
  ['allocation of a draft', [], ['PUT', '/allocation', { mode: 'bandit', reward: 'task_completed' }]],
  ['rollout', running, rollout],
  ['rollout/pause', [start, rollout], ['POST', '/rollout/pause', reason]],
  [
    'rollout/resume',
    [start, rollout, ['POST', '/rollout/pause', reason]],
    ['POST', '/rollout/resume', reason],
  ],
  ['rollout/abort', [start, rollout], ['POST', '/rollout/abort', reason]],
  ['ramp/hold', [ramp, start], ['POST', '/ramp/hold', reason]],
  ['ramp/resume', [ramp, start, ['POST', '/ramp/hold', reason]], ['POST', '/ramp/resume', reason]],
  ['ramp/abort', [ramp, start], ['POST', '/ramp/abort', reason]],
  ['ramp/approve', [ramp, start], ['POST', '/ramp/approve', reason]],
  [
    'guardrails/override',
    [['PATCH', '', { guardrails: [{ metric: 'error', above: 0.1, action: 'warn' }] }], start],
    ['POST', '/guardrails/override', { metric: 'error', for: 'PT1H', ...reason }],
  ],
];
