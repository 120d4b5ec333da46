import type { DemoServer } from './demo-server.adapter.js';
import { allStories } from './stories/all-stories.js';

interface List {
  readonly experiments: readonly unknown[];
}

/** Adds copies of the demo's experiments, every third of them running without a user, until there are so many. */
export async function fillList(server: DemoServer, count: number): Promise<void> {
  const { experiments } = (await server.need('GET', '/v1/experiments?limit=200')) as List;
  for (let number = experiments.length; number < count; number += 1) {
    const { definition } = allStories[number % allStories.length]!;
    const key = `${definition.key}-${number}`;
    const name = `${definition.name}, copy ${number}`;
    await server.need('POST', '/v1/experiments', { ...definition, key, name });
    if (number % 3 === 0) await server.need('POST', `/v1/experiments/${key}/start`);
  }
}
