import { trueMean } from '../demonstration.js';
import type { ExampleCounts } from '../report/simulation-result.js';
import { SummaryAnswer } from '../server/answers.schema.js';
import type { AssayServer } from '../server/assay-server.client.js';
import { simulatedUser, visitRatings, type SimulatedUser } from '../users/simulated-user.js';
import { inLanes } from './lanes.js';
import type { Run } from './user.runner.js';

/** Who visits. */
export interface ExampleVisitors {
  readonly users: number;
  readonly seed: number;
  readonly lanes: number;
}

/** Milliseconds after which an impatient user leaves. */
const patience = 30;

/** How the simulated provider begins its answers. */
const simulated = /^\[simulated /;

/**
 * Sends users through `POST /api/summarize` and `POST /api/feedback`, the routes of the example with the decorator. The
 * first goes alone: where there are no such routes, or a real model would have to be paid, nobody follows.
 */
export async function visitExample(run: Run, visitors: ExampleVisitors): Promise<ExampleCounts> {
  const counts = { users: 0, summaries: 0, ratings: 0, abandoned: 0, retried: 0, failed: 0 };
  const leftOut = visitors.users > 0 ? await reasonToLeaveOut(run) : null;
  if (leftOut === null) {
    await inLanes(visitors.users, visitors.lanes, async (index) => {
      counts.users += 1;
      await visitSummarize(run, simulatedUser(visitors.seed, index), counts);
    });
  }
  return { ...counts, leftOut };
}

type Counts = { -readonly [Key in Exclude<keyof ExampleCounts, 'leftOut'>]: number };

async function reasonToLeaveOut({ server, key }: Run): Promise<string | null> {
  const answer = await server.request('POST', '/api/summarize', {
    body: { text: textOf(0) },
    headers: { 'x-user-id': `${key}-e-first` },
  });
  if (answer.status === 404) return 'the server has no POST /api/summarize';
  if (answer.status >= 300) return `POST /api/summarize was answered ${answer.status}`;
  return simulated.test(answer.read(SummaryAnswer).summary)
    ? null
    : 'it asks a real model, which costs money';
}

async function visitSummarize(run: Run, user: SimulatedUser, counts: Counts): Promise<void> {
  for (const [index, visit] of user.visits.entries()) {
    const body = { text: textOf(user.number + index) };
    const headers = { 'x-user-id': `${run.key}-e${user.number}` };
    if (visit.abandons && (await leave(run.server, body, headers))) {
      counts.abandoned += 1;
      continue;
    }
    if (visit.retries) {
      counts.retried += 1;
      await run.server.request('POST', '/api/summarize', { body, headers });
    }
    const answer = await run.server.request('POST', '/api/summarize', { body, headers });
    if (answer.status >= 300) {
      counts.failed += 1;
      continue;
    }
    counts.summaries += 1;
    const { experiment } = answer.read(SummaryAnswer);
    if (!experiment || !visit.rates) continue;
    const rating = visitRatings(user, trueMean(experiment.variant, run.effect))[index];
    const rated = { experimentId: experiment.id, rating, token: experiment.token };
    const { status } = await run.server.request('POST', '/api/feedback', { body: rated, headers });
    if (status < 300) counts.ratings += 1;
  }
}

/** Whether the user was gone before the answer was there. */
async function leave(
  server: AssayServer,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<boolean> {
  const signal = AbortSignal.timeout(patience);
  try {
    await server.request('POST', '/api/summarize', { body, headers, signal });
    return false;
  } catch (error) {
    if (signal.aborted) return true;
    throw error;
  }
}

function textOf(number: number): string {
  return (
    `Ticket ${number}. The export to CSV stopped at row ${1000 + number} for one customer. Support found that a ` +
    'field held a line break. The team quoted the field and sent a new file within two hours. The customer asked for a ' +
    'warning before such an export begins. Please add the warning to the next release.'
  );
}
