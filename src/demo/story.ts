/** What the story needs to know of a definition; the server reads the rest. */
export interface StoryDefinition {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  readonly control: string;
  readonly [field: string]: unknown;
}

/** What is true of a variant's answers, before chance. */
export interface Truth {
  /** Mean rating, 1 to 5. */
  readonly rating: number;
  /** Share of visits in which the user got done what they came for. */
  readonly completed: number;
  /** Median milliseconds of an answer. */
  readonly latency: number;
  /** Median US dollars of an answer. */
  readonly cost: number;
  /** Share of answers that fail. */
  readonly error: number;
}

/** Something a person does to an experiment, over the API. */
export interface StoryEvent {
  /** Days after the start. */
  readonly day: number;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** After `/v1/experiments/<key>/`; empty for the experiment itself. */
  readonly path: string;
  readonly body: object;
}

/** One experiment of the demo and its life so far. Everything in it is made up. */
export interface Story {
  readonly definition: StoryDefinition;
  /** How many days ago it was started; null = it is a draft. */
  readonly startedDaysAgo: number | null;
  /** New users on a weekday. */
  readonly usersPerDay: number;
  /** What is true of a variant so many days after the start. */
  truthOf(variant: string, day: number): Truth;
  readonly events?: readonly StoryEvent[];
  /** Visits a day whose whole generation is logged. */
  readonly loggedPerDay?: number;
  /** Variants whose exposure is lost before it is counted for that share of users: a broken experiment. */
  readonly lost?: Readonly<Record<string, number>>;
  /** Whether people label a sample of the judged answers. */
  readonly labelled?: boolean;
}

/** What most variants are like. */
export const ordinaryTruth: Truth = {
  rating: 3.6,
  completed: 0.62,
  latency: 900,
  cost: 0.0012,
  error: 0.012,
};

const label = 'Simulated: made by npm run demo, nobody real is in it.';

/**
 * The definition, marked as made up wherever a person reads it.
 *
 * @example simulated({ key: 'a', name: 'Titles', … }).name // 'Titles (simulated)'
 */
export function simulated(definition: StoryDefinition): StoryDefinition {
  return {
    ...definition,
    name: `${definition.name} (simulated)`,
    description: [label, definition.description].filter(Boolean).join(' '),
  };
}

export const model = 'claude-haiku-4-5';

/** A variant's config: a prompt, and whatever is not as usual. */
export function promptOf(systemPrompt: string, rest: object = {}): Record<string, unknown> {
  return { model, temperature: 0.3, maxTokens: 500, systemPrompt, ...rest };
}
