import { trueMean } from '../demonstration.js';
import { AssignmentAnswer, OutcomesAnswer } from '../server/answers.schema.js';
import type { AssayServer } from '../server/assay-server.client.js';
import { visitRatings, type SimulatedUser, type Visit } from '../users/simulated-user.js';
import type { Traffic } from './traffic.js';

/** One run of a simulation. */
export interface Run {
  readonly server: AssayServer;
  /** Key of the experiment that this run created. */
  readonly key: string;
  readonly effect: number;
  readonly traffic: Traffic;
}

/** The unit id of a user: the experiment's key carries the seed and the run. */
export function unitOf({ key }: Run, { number }: SimulatedUser): string {
  return `${key}-u${number}`;
}

/** From four stars on, thumbs go up. */
const thumbsUpFrom = 4;

/**
 * Lets a user make all their visits, through the REST API as an application in another language would: assigned, served,
 * measured, rated. The answers' latency and cost are drawn, as no model is asked.
 */
export async function visitAsUser(run: Run, user: SimulatedUser): Promise<void> {
  let pin: string | undefined;
  let ratings: readonly number[] = [];
  for (const [index, visit] of user.visits.entries()) {
    const assigned = await assign(run, user, pin);
    if (assigned === null) return;
    if (pin === undefined) {
      const { variant, epoch } = assigned;
      run.traffic.newUser({ unit: unitOf(run, user), variant, epoch });
      ratings = visitRatings(user, trueMean(variant, run.effect));
    }
    pin = assigned.token;
    const rating = ratings[index];
    if (rating !== undefined) await follow(run, user, { visit, rating, id: `v${index + 1}`, token: pin });
  }
}

interface Served {
  readonly visit: Visit;
  readonly rating: number;
  readonly id: string;
  readonly token: string;
}

/** What comes of one visit that has been assigned. */
async function follow(run: Run, user: SimulatedUser, { visit, rating, id, token }: Served): Promise<void> {
  const { traffic } = run;
  const send = (attempt: string, proof: string, metrics: Record<string, number>) =>
    record(run, `${unitOf(run, user)}-${attempt}`, proof, metrics);
  const { latencyMilliseconds: latency_ms, costUsd: cost_usd } = visit;
  if (visit.abandons) {
    traffic.count('abandoned');
    return send(id, token, { abandoned: 1 });
  }
  if (visit.fails) {
    traffic.count('failed');
    return send(id, token, { latency_ms, error: 1, abandoned: 0 });
  }
  const answered = { latency_ms, cost_usd, error: 0, abandoned: 0 };
  await send(id, token, { ...answered, retried: visit.retries ? 1 : 0 });
  let rated = token;
  if (visit.retries) {
    traffic.count('retried');
    const again = await assign(run, user, token);
    if (again === null) return;
    rated = again.token;
    await send(`${id}-again`, rated, { ...answered, retried: 0 });
  }
  if (visit.rates) await rate(run, rated, rating);
}

/** The assignment and its token; null where the fallback is served. */
async function assign(run: Run, user: SimulatedUser, pin: string | undefined) {
  const { server, key, traffic } = run;
  traffic.count('visits');
  const body = { experiment: key, unit: unitOf(run, user), ...(pin === undefined ? {} : { token: pin }) };
  const answer = await server.need('POST', '/v1/assignments', AssignmentAnswer, body);
  const { variant, epoch, token, reason } = answer;
  if (variant !== null && epoch !== null && token !== null) return { variant, epoch, token };
  traffic.fallback(reason);
  return null;
}

async function record(
  { server, traffic }: Run,
  id: string,
  token: string,
  metrics: Readonly<Record<string, number>>,
): Promise<void> {
  const body = { outcomes: [{ id, token, metrics }] };
  const { accepted, duplicates } = await server.need('POST', '/v1/outcomes', OutcomesAnswer, body);
  if (accepted + duplicates === 0) traffic.count('refused');
}

async function rate({ server, traffic }: Run, token: string, rating: number): Promise<void> {
  const metrics = { user_rating: rating, thumbs_up: rating >= thumbsUpFrom ? 1 : 0 };
  const answer = await server.request('POST', '/v1/feedback', { body: { token, metrics } });
  if (answer.status < 300) traffic.count('ratings');
  else traffic.count(answer.code === 'TOKEN_EXPIRED' ? 'late' : 'refused');
}
