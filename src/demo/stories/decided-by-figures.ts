import { ordinaryTruth, promptOf, simulated, type Story } from '../story.js';

const summarize = 'Summarize this support ticket for the person who takes it over.';

/** In its third week: the treatment is plainly better, and dearer. Judged, and the judge is checked by people. */
const betterAndDearer: Story = {
  startedDaysAgo: 18,
  usersPerDay: 90,
  loggedPerDay: 9,
  labelled: true,
  definition: simulated({
    key: 'ticket-summary',
    name: 'Ticket summaries with next steps',
    description: 'Agents read these before they call a customer back.',
    hypothesis: 'A summary that names the next step is rated at least 0.2 stars better.',
    control: 'plain',
    variants: [
      {
        key: 'plain',
        name: 'Plain summary',
        promptVersion: 'v3',
        config: promptOf(`${summarize} Be concise.`),
      },
      {
        key: 'next-steps',
        name: 'With next steps',
        promptVersion: 'v4',
        config: promptOf(
          `${summarize} Focus on the key takeaway and every action to take, in 2-3 sentences.`,
        ),
      },
    ],
    metrics: {
      primary: ['user_rating'],
      secondary: ['task_completed', 'thumbs_up', 'latency_ms', 'cost_usd', 'judged_score'],
      minimumEffect: 0.2,
      window: 'P1D',
    },
    plan: {
      minimumDays: 14,
      maximumDays: 28,
      maximumCostRatio: 2,
      decision: 'Ship it if it is better by 0.2 stars.',
    },
    judge: {
      metric: 'judged_score',
      rubric: 'Would this summary alone let a colleague take over the ticket? 5: fully. 1: not at all.',
      samplingRate: 1,
      budgetUsdPerDay: 5,
      config: { model: 'claude-haiku-4-5', maxTokens: 200 },
    },
  }),
  truthOf: (variant) =>
    variant === 'plain' ? ordinaryTruth : { ...ordinaryTruth, rating: 4.1, completed: 0.7, cost: 0.00168 },
};

/** As good for less money. */
const asGoodAndCheaper: Story = {
  startedDaysAgo: 20,
  usersPerDay: 90,
  definition: simulated({
    key: 'search-answers',
    name: 'Search answers without examples in the prompt',
    hypothesis: 'Four examples fewer make answers cheaper, and no worse by more than 0.3 stars.',
    control: 'with-examples',
    variants: [
      {
        key: 'with-examples',
        promptVersion: 'v11',
        config: promptOf('Answer from the documents found. Here is how good answers look: …'),
      },
      { key: 'without', promptVersion: 'v12', config: promptOf('Answer from the documents found.') },
    ],
    metrics: {
      primary: ['user_rating'],
      secondary: ['cost_usd', 'latency_ms', 'retried'],
      minimumEffect: 0.3,
      margin: 0.3,
      window: 'P1D',
    },
    plan: { minimumDays: 14, maximumDays: 42, decision: 'Take the cheaper one unless answers get worse.' },
  }),
  truthOf: (variant) => ({
    ...ordinaryTruth,
    rating: 3.9,
    cost: variant === 'without' ? 0.0011 : 0.0019,
    latency: variant === 'without' ? 820 : 950,
  }),
};

/** Two days old: nothing can be said yet. */
const tooEarly: Story = {
  startedDaysAgo: 2,
  usersPerDay: 60,
  loggedPerDay: 6,
  definition: simulated({
    key: 'meeting-notes',
    name: 'Meeting notes by topic',
    hypothesis: 'Notes ordered by topic are rated better than notes in the order of the meeting.',
    control: 'chronological',
    variants: [
      {
        key: 'chronological',
        config: promptOf('Write the notes of this meeting in the order of what was said.'),
      },
      {
        key: 'by-topic',
        config: promptOf('Write the notes of this meeting by topic, as a list of key points.'),
      },
    ],
    metrics: {
      primary: ['user_rating'],
      secondary: ['latency_ms', 'cost_usd'],
      minimumEffect: 0.15,
      window: 'P1D',
    },
    plan: { minimumDays: 14, decision: 'Ship what is rated better by 0.15 stars.' },
  }),
  truthOf: (variant) => ({ ...ordinaryTruth, rating: variant === 'by-topic' ? 3.75 : 3.6 }),
};

/** Half of the treatment's users are lost before they are counted, as where a page fails to load. */
const broken: Story = {
  startedDaysAgo: 12,
  usersPerDay: 60,
  lost: { warm: 0.5 },
  definition: simulated({
    key: 'chat-greeting',
    name: 'Greeting of the chat assistant',
    hypothesis: 'A warmer greeting keeps more users in the chat.',
    control: 'neutral',
    variants: [
      { key: 'neutral', config: promptOf('Greet the user and ask how you can help.') },
      { key: 'warm', config: promptOf('Greet the user warmly, by name, and ask how you can help.') },
    ],
    metrics: {
      primary: ['task_completed'],
      secondary: ['user_rating', 'retried'],
      minimumEffect: 0.05,
      window: 'P1D',
    },
    plan: { decision: 'Ship it if more users get done what they came for.' },
  }),
  truthOf: (variant) => ({ ...ordinaryTruth, completed: variant === 'warm' ? 0.68 : 0.62 }),
};

/** What the figures say of each is different. */
export const storiesDecidedByFigures: readonly Story[] = [
  betterAndDearer,
  asGoodAndCheaper,
  tooEarly,
  broken,
];
