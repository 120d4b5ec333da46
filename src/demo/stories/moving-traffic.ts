import { ordinaryTruth, promptOf, simulated, type Story } from '../story.js';

const tone = (words: string) => promptOf(`Draft a reply to this customer. ${words}`);

/** Four variants under Thompson sampling, for three weeks. */
const bandit: Story = {
  startedDaysAgo: 20,
  usersPerDay: 90,
  definition: simulated({
    key: 'reply-tone',
    name: 'Tone of drafted replies',
    hypothesis: 'One of three tones is rated better than the one of today.',
    control: 'formal',
    variants: [
      { key: 'formal', config: tone('Be formal.') },
      { key: 'friendly', config: tone('Be friendly.') },
      { key: 'brief', config: tone('Be brief.') },
      { key: 'empathic', config: tone('Show that you understand, then answer.') },
    ],
    metrics: {
      primary: ['user_rating'],
      secondary: ['thumbs_up', 'cost_usd'],
      minimumEffect: 0.2,
      window: 'PT6H',
    },
    plan: { maximumDays: 45, decision: 'Take the tone that the bandit has settled on after six weeks.' },
    allocation: {
      mode: 'bandit',
      reward: 'user_rating',
      floor: 0.04,
      every: 'PT6H',
      burnIn: { unitsPerVariant: 40 },
    },
  }),
  truthOf: (variant) => ({
    ...ordinaryTruth,
    rating: { formal: 3.6, friendly: 3.75, brief: 3.45, empathic: 3.95 }[variant] ?? 3.6,
  }),
};

/** Half-way up: the next step waits for days, units and a person. */
const ramp: Story = {
  startedDaysAgo: 9,
  usersPerDay: 120,
  definition: simulated({
    key: 'onboarding-mail',
    name: 'Onboarding mail, written for the team',
    hypothesis: 'A mail that names the team’s own goals is answered more often.',
    control: 'general',
    variants: [
      { key: 'general', config: promptOf('Write a mail that welcomes this team.') },
      {
        key: 'own-goals',
        config: promptOf('Write a mail that welcomes this team and takes up its own goals.'),
      },
    ],
    metrics: {
      primary: ['task_completed'],
      secondary: ['user_rating', 'cost_usd'],
      minimumEffect: 0.05,
      window: 'P1D',
    },
    plan: { decision: 'Ship it if more teams answer.' },
    ramp: [
      { after: 'P0D', coverage: 5 },
      { after: 'P2D', coverage: 10 },
      { after: 'P5D', coverage: 25 },
      { after: 'P12D', coverage: 50, units: 200 },
      { after: 'P16D', coverage: 100, approval: true },
    ],
  }),
  truthOf: (variant) => ({ ...ordinaryTruth, completed: variant === 'own-goals' ? 0.66 : 0.62 }),
};

/** The winner is on its way to everyone. */
const rollout: Story = {
  startedDaysAgo: 20,
  usersPerDay: 70,
  definition: simulated({
    key: 'product-description',
    name: 'Product descriptions from bullet points',
    hypothesis: 'Descriptions made of the seller’s own points need fewer corrections.',
    control: 'free',
    variants: [
      { key: 'free', config: promptOf('Describe this product.') },
      { key: 'points', config: promptOf('Describe this product by its key points.') },
    ],
    metrics: {
      primary: ['task_completed'],
      secondary: ['user_rating', 'latency_ms', 'cost_usd'],
      window: 'P1D',
    },
    plan: { decision: 'Roll out what needs fewer corrections.' },
  }),
  truthOf: (variant) => ({ ...ordinaryTruth, completed: variant === 'points' ? 0.76 : 0.6 }),
  events: [
    {
      day: 17,
      method: 'POST',
      path: 'rollout',
      body: {
        winner: 'points',
        remainder: 'control',
        stages: [
          { percent: 60, hold: 'P2D' },
          { percent: 80, hold: 'P2D' },
          { percent: 95, hold: 'P2D' },
          { percent: 100 },
        ],
      },
    },
  ],
};

/** Decided weeks ago; 5 % of the users stay on the configuration of before. */
const concluded: Story = {
  startedDaysAgo: 22,
  usersPerDay: 92,
  definition: simulated({
    key: 'translation',
    name: 'Translations with a glossary',
    hypothesis: 'The company’s own glossary in the prompt makes translations better.',
    control: 'without',
    holdback: 5,
    variants: [
      { key: 'without', config: promptOf('Translate this into English.') },
      { key: 'glossary', config: promptOf('Translate this into English by the glossary.') },
    ],
    metrics: {
      primary: ['user_rating'],
      secondary: ['cost_usd', 'latency_ms'],
      minimumEffect: 0.2,
      window: 'P1D',
    },
    plan: { minimumDays: 14, decision: 'Ship the glossary if translations get better by 0.2 stars.' },
  }),
  truthOf: (variant) => ({
    ...ordinaryTruth,
    completed: variant === 'glossary' ? 0.8 : 0.62,
    cost: variant === 'glossary' ? 0.0014 : 0.0012,
  }),
  events: [
    {
      day: 17,
      method: 'POST',
      path: 'conclude',
      body: { variant: 'glossary', reason: 'Fewer corrections in each of two full weeks.' },
    },
  ],
};

/** Weights and coverage move, each in its own way. */
export const storiesOfMovingTraffic: readonly Story[] = [bandit, ramp, rollout, concluded];
