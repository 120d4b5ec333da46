import { dayMilliseconds } from '../operations/duration.js';
import type { DemoClock } from './demo-clock.js';
import type { DemoServer } from './demo-server.adapter.js';
import type { HeldJobs, Occasion } from './jobs.runner.js';
import { labelSome } from './judging.runner.js';
import type { Story, StoryEvent } from './story.js';
import { arrivalsOn, startOf, type Arrival } from './visits.js';
import { Visitors } from './visitors.runner.js';

/** What the weeks before now are made of. */
export interface HistoryPlan {
  readonly stories: readonly Story[];
  readonly seed: number;
  readonly jobs: HeldJobs;
  /** Told which day is through, as a share of all. */
  readonly progress: (share: number) => void;
}

/** Something that happens at its instant. */
interface Moment {
  readonly at: Date;
  readonly happen: () => Promise<unknown>;
}

/** Users' outcomes are sent, and bandits step, so often a simulated day. */
const partsPerDay = 4;
const labelsPerDay = 6;
/** Looks are dear: before these last days there is one every other day. */
const daysWithLooks = 5;

/** Lets weeks pass on the server: users come, people act, jobs run, each at its time. Ends in the present. */
export async function makeHistory(server: DemoServer, clock: DemoClock, plan: HistoryPlan): Promise<void> {
  const now = clock.present();
  const visitors = new Visitors(server, clock, plan.seed);
  const days = Math.max(...plan.stories.map(({ startedDaysAgo }) => startedDaysAgo ?? 0)) + 1;
  const first = Math.floor(now.getTime() / dayMilliseconds) - days;
  const acts = plan.stories.flatMap((story) => actsOf(server, story, now));
  for (let day = 0; day <= days; day += 1) {
    const midnight = new Date((first + day) * dayMilliseconds);
    const arrivals = arrivalsOn(midnight, plan.stories, { seed: plan.seed, now });
    const moments = [
      ...arrivals.map((arrival) => visitOf(visitors, arrival, now)),
      ...acts.filter(({ at }) => Math.floor(at.getTime() / dayMilliseconds) === first + day),
      ...endsOfParts(midnight, now).map((at, part) => ({
        at,
        happen: () => endPart(visitors, plan.jobs, occasionOf(part, days - day)),
      })),
    ].sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const { at, happen } of moments) {
      clock.setTo(at);
      await happen();
    }
    if (day < days) await label(server, plan.stories, midnight, now);
    plan.progress((day + 1) / (days + 1));
  }
  await endPart(visitors, plan.jobs, 'look');
}

function visitOf(visitors: Visitors, arrival: Arrival, now: Date): Moment {
  const started = startOf(arrival.story, now) ?? now;
  return { at: arrival.at, happen: () => visitors.visit(arrival, started) };
}

function endsOfParts(midnight: Date, now: Date): Date[] {
  const part = dayMilliseconds / partsPerDay;
  const ends = Array.from({ length: partsPerDay }, (_, index) => midnight.getTime() + (index + 1) * part - 1);
  return ends.filter((end) => end < now.getTime()).map((end) => new Date(end));
}

function occasionOf(part: number, daysLeft: number): Occasion {
  if (part < partsPerDay - 1) return 'part';
  return daysLeft <= daysWithLooks || daysLeft % 2 === 0 ? 'look' : 'day';
}

async function endPart(visitors: Visitors, jobs: HeldJobs, occasion: Occasion): Promise<void> {
  await visitors.send();
  await jobs.run(occasion);
}

function actsOf(server: DemoServer, story: Story, now: Date): Moment[] {
  const { definition, events = [] } = story;
  const started = startOf(story, now);
  const create = () => server.need('POST', '/v1/experiments', definition);
  const url = `/v1/experiments/${definition.key}`;
  if (!started) return [{ at: new Date(now.getTime() - dayMilliseconds), happen: create }];
  const act = ({ method, path, body }: StoryEvent) =>
    server.need(method, path === '' ? url : `${url}/${path}`, body);
  return [
    { at: new Date(started.getTime() - 60_000), happen: create },
    { at: started, happen: () => server.need('POST', `${url}/start`) },
    ...events.map((event) => ({
      at: new Date(started.getTime() + event.day * dayMilliseconds),
      happen: () => act(event),
    })),
  ];
}

async function label(
  server: DemoServer,
  stories: readonly Story[],
  midnight: Date,
  now: Date,
): Promise<void> {
  for (const story of stories) {
    const started = startOf(story, now);
    if (story.labelled && started && started < midnight)
      await labelSome(server, story.definition.key, labelsPerDay);
  }
}
