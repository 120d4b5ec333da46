import { ordinaryTruth, promptOf, simulated, type Story } from '../story.js';

const secondary = ['latency_ms', 'cost_usd', 'error'];

/** On its sixth day the treatment's model begins to fail, and the guardrail on errors pauses the experiment. */
const pausedByGuardrail: Story = {
  startedDaysAgo: 8,
  usersPerDay: 90,
  loggedPerDay: 6,
  definition: simulated({
    key: 'code-review',
    name: 'Code review by a larger model',
    hypothesis: 'Reviews by a larger model find more and are taken up more often.',
    control: 'current',
    variants: [
      { key: 'current', config: promptOf('Review this change. Name bugs alone.') },
      {
        key: 'larger',
        config: promptOf('Review this change. Name bugs alone.', { model: 'claude-opus-4-5' }),
      },
    ],
    metrics: { primary: ['task_completed'], secondary, minimumEffect: 0.05, window: 'P1D' },
    plan: { decision: 'Ship it if more reviews are taken up.' },
    guardrails: [
      { metric: 'error', above: 0.1, action: 'pause' },
      { metric: 'latency_ms', quantile: 0.95, above: 8000, action: 'pause' },
      { metric: 'user_rating', below: 3, action: 'warn' },
    ],
  }),
  truthOf: (variant, day) =>
    variant === 'current'
      ? ordinaryTruth
      : { ...ordinaryTruth, completed: 0.7, latency: 2400, cost: 0.011, error: day < 5.2 ? 0.02 : 0.45 },
};

/** Somebody pulled the kill switch. */
const killed: Story = {
  startedDaysAgo: 14,
  usersPerDay: 45,
  definition: simulated({
    key: 'contract-clauses',
    name: 'Explaining contract clauses',
    hypothesis: 'Plain words are understood better than the words of the law.',
    control: 'exact',
    variants: [
      { key: 'exact', config: promptOf('Explain this clause in the words of the law.') },
      { key: 'plain', config: promptOf('Explain this clause in plain words.') },
    ],
    metrics: { primary: ['user_rating'], secondary, minimumEffect: 0.2, window: 'P1D' },
    plan: { decision: 'Ship it if it is rated better and no lawyer objects.' },
  }),
  truthOf: (variant) => ({ ...ordinaryTruth, rating: variant === 'plain' ? 3.8 : 3.6 }),
  events: [
    {
      day: 9.6,
      method: 'POST',
      path: 'kill',
      body: { reason: 'The plain explanation of clause 14 was wrong in law. Legal asked for a stop.' },
    },
  ],
};

/** Written down, and not begun. */
const draft: Story = {
  startedDaysAgo: null,
  usersPerDay: 0,
  definition: simulated({
    key: 'faq-answers',
    name: 'FAQ answers with sources',
    hypothesis: 'Answers that name their source are trusted more.',
    control: 'without-source',
    variants: [
      { key: 'without-source', config: promptOf('Answer this question.') },
      { key: 'with-source', config: promptOf('Answer this question and name the source.') },
    ],
    metrics: { primary: ['thumbs_up'], secondary: ['cost_usd'], minimumEffect: 0.05 },
    plan: { decision: 'Ship it if more answers get a thumb up.' },
  }),
  truthOf: () => ordinaryTruth,
};

/** Nobody is served a variant by these. */
export const storiesOfStopped: readonly Story[] = [pausedByGuardrail, killed, draft];
