import { setTimeout as pause } from 'node:timers/promises';
import { AssignmentService } from '../bucketing/assignment.service.js';
import { seededRandom } from '../llm/simulated/seeded-random.js';
import type { DemoServer } from './demo-server.adapter.js';
import type { Story } from './story.js';
import { drawVisit } from './visit.js';

/** Milliseconds between two visits, on average. */
const everyMilliseconds = 350;

/** Lets users visit one after the other, for as long as the server is up; the function returned ends that. */
export function beginTraffic(
  server: DemoServer,
  stories: readonly Story[],
  seed: number,
): () => Promise<void> {
  const leaving = new AbortController();
  const visited = stories.filter(({ usersPerDay }) => usersPerDay > 0);
  const running = visitOn(server, visited, seed, leaving.signal);
  return async () => {
    leaving.abort();
    await running;
  };
}

async function visitOn(server: DemoServer, stories: readonly Story[], seed: number, left: AbortSignal) {
  const random = seededRandom(`assay demo ${seed}, live`);
  const begun = Date.now().toString(36);
  for (let number = 0; !left.aborted; number += 1) {
    const story = stories[Math.floor(random() * stories.length)]!;
    await visitLive(server, story, `simulated-live-${begun}-${number}`).catch(() => undefined);
    const wait = everyMilliseconds * (0.4 + 1.2 * random());
    await pause(wait, undefined, { signal: left }).catch(() => undefined);
  }
}

async function visitLive(server: DemoServer, story: Story, unit: string): Promise<void> {
  const experiment = story.definition.key;
  const assignment = await server.get(AssignmentService).assign(experiment, unit);
  if (!assignment.exposes) return;
  const variant = assignment.variant ?? story.definition.control;
  const day = story.startedDaysAgo ?? 0;
  const metrics = drawVisit(story.truthOf(variant, day), seededRandom(unit));
  const token = server.get(AssignmentService).tokenOf({ ...assignment, unitId: unit });
  const outcome = { id: `${unit}-1`, token, metrics };
  await server.need('POST', '/v1/outcomes', { outcomes: [outcome] });
}
