import { AssignmentService } from '../bucketing/assignment.service.js';
import type { Assignment } from '../bucketing/assignment.js';
import { ExposureWriter } from '../bucketing/exposure-writer.service.js';
import { GenerationLog } from '../generations/generation-log.service.js';
import type { GenerationEvent } from '../llm/generation-metrics.js';
import { LlmError } from '../llm/llm-error.js';
import { LlmService } from '../llm/llm.service.js';
import { seededRandom, type Random } from '../llm/simulated/seeded-random.js';
import { dayMilliseconds } from '../operations/duration.js';
import type { DemoClock } from './demo-clock.js';
import type { DemoServer } from './demo-server.adapter.js';
import { requestText } from './texts.js';
import { agreedVisit } from './agreed-visit.js';
import { drawVisit, type Measures } from './visit.js';
import type { Arrival } from './visits.js';

interface Outcome {
  readonly id: string;
  readonly experiment: string;
  readonly unit: string;
  readonly interaction: string;
  readonly at: string;
  readonly metrics: Measures;
}

/** Users as the server meets them: assigned, answered, measured. */
export class Visitors {
  private readonly assignments: AssignmentService;
  private readonly log: GenerationLog;
  private readonly llm: LlmService;
  private waiting: Outcome[] = [];
  private last: GenerationEvent | null = null;

  constructor(
    private readonly server: DemoServer,
    private readonly clock: DemoClock,
    private readonly seed: number,
  ) {
    this.assignments = server.get(AssignmentService);
    this.log = server.get(GenerationLog);
    this.llm = server.get(LlmService);
    this.llm.addObserver({ observe: (event) => (this.last = event) });
  }

  /** One user's visit at its instant; what came of it waits for {@link send}. */
  async visit(arrival: Arrival, started: Date): Promise<void> {
    const { story, unit, at } = arrival;
    const experiment = story.definition.key;
    const random = seededRandom(`assay demo ${this.seed}, ${unit}`);
    if (await this.isLost(arrival, random)) return;
    const assignment = await this.assignments.assign(experiment, unit);
    if (!assignment.exposes) return;
    const day = (at.getTime() - started.getTime()) / dayMilliseconds;
    const variant = assignment.variant ?? story.definition.control;
    const drawn = drawVisit(story.truthOf(variant, day), random);
    const interaction = `${unit}-1`;
    const metrics = arrival.logged
      ? await this.answer(assignment, { unit, interaction, metrics: drawn, random })
      : drawn;
    this.waiting.push({ id: interaction, experiment, unit, interaction, at: at.toISOString(), metrics });
  }

  /** Sends what visits came to, once their exposures are written. */
  async send(): Promise<void> {
    await this.server.get(ExposureWriter).drained();
    const outcomes = this.waiting;
    this.waiting = [];
    const most = 2_000;
    for (let first = 0; first < outcomes.length; first += most)
      await this.server.need('POST', '/v1/outcomes', { outcomes: outcomes.slice(first, first + most) });
    await this.log.drained();
  }

  private async isLost({ story, unit }: Arrival, random: Random): Promise<boolean> {
    if (!story.lost) return false;
    const { variant } = await this.assignments.assign(story.definition.key, unit, { peek: true });
    return random() < (story.lost[variant ?? ''] ?? 0);
  }

  /** Lets the simulated model answer, and logs that with the times and costs of the visit; what the visit came to by that. */
  private async answer(
    assignment: Assignment,
    visit: { unit: string; interaction: string; metrics: Measures; random: Random },
  ): Promise<Measures> {
    this.last = null;
    try {
      await this.llm.generate(assignment.config, requestText(visit.random));
    } catch (error) {
      if (!(error instanceof LlmError)) throw error;
    }
    const answered = this.last as GenerationEvent | null;
    if (!answered) return visit.metrics;
    const { event, metrics } = agreedVisit({ event: answered, metrics: visit.metrics });
    const { latency_ms: latencyMilliseconds = 0, cost_usd: costUsd = null } = metrics;
    const timings = { ...event.generation.timings, startedAt: this.clock.present(), latencyMilliseconds };
    this.log.record(
      { assignment: { ...assignment, unitId: visit.unit }, interaction: visit.interaction },
      { ...event, generation: { ...event.generation, timings, costUsd } },
    );
    return metrics;
  }
}
