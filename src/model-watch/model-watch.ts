/** Who answers to a model's name: the model as it calls itself, and the version that the provider says is behind it. */
export interface AnsweringId {
  readonly model: string;
  /** Null where the provider names none. */
  readonly fingerprint: string | null;
}

/** All answers of one id to one model's name. */
export interface Answered extends AnsweringId {
  /** The name that was asked for. */
  readonly requestedModel: string;
  /** Variants that it answered for. */
  readonly variants: readonly string[];
  readonly answers: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** What is known of a model's name: who answers to it, and how far each had answered when that one was last heard. */
export interface WatchedModel extends AnsweringId {
  readonly requestedModel: string;
  /** Answers by id (see {@link idOf}). */
  readonly heard: Readonly<Record<string, number>>;
}

/** Another answers to a model's name than did before. */
export interface ModelChange {
  readonly requestedModel: string;
  readonly variants: readonly string[];
  readonly before: AnsweringId & { readonly lastAt: Date | null };
  readonly after: AnsweringId & { readonly firstAt: Date };
  /** Answers of others since the one before was last heard. */
  readonly answers: number;
}

/** What a look at the answers found. */
export interface WatchStep {
  /** What to remember; null where nothing is new. */
  readonly watched: WatchedModel | null;
  readonly change: ModelChange | null;
}

/**
 * Answers of others, with none of the known id among them, after which that id is taken to be gone.
 *
 * Providers that share out their load answer from several versions in turn. Of k that answer equally often, one is silent
 * for 50 answers on end with probability (1 − 1/k)^50: 1e-15 of two, 2e-9 of three, 6e-7 of four. It would also have to be the one known.
 */
export const patience = 50;

/**
 * Looks at who answers to one model's name.
 *
 * - The id that had answered most is the known one, until it has not answered for {@link patience} answers; then it is the one that
 *   answered most of these. So ids that take turns are no change, however unequal, and one that comes back later is.
 * - What came in one look came in no order: if the known id is among it, counting begins anew.
 *
 * @param answered all ids that ever answered to that name in the test
 * @example watchStep(null, [{ requestedModel: 'gpt-4o', model: 'gpt-4o-2024-08-06', … }]).change // null
 */
export function watchStep(watched: WatchedModel | null, answered: readonly Answered[]): WatchStep {
  const nothing: WatchStep = { watched: null, change: null };
  if (!watched) {
    const first = most(answered, ({ answers }) => answers);
    return first ? { watched: settledOn(first, answered), change: null } : nothing;
  }
  const since = (each: Answered) => each.answers - (watched.heard[idOf(each)] ?? 0);
  const known = answered.find((each) => idOf(each) === idOf(watched));
  if (known && since(known) > 0) return { watched: settledOn(known, answered), change: null };
  const others = answered.filter((each) => each !== known && since(each) > 0);
  const count = others.reduce((sum, each) => sum + since(each), 0);
  const next = most(others, since);
  if (!next || count < patience) return nothing;
  return { watched: settledOn(next, answered), change: changeTo(next, watched, known, others, count) };
}

function changeTo(
  next: Answered,
  watched: WatchedModel,
  known: Answered | undefined,
  others: readonly Answered[],
  answers: number,
): ModelChange {
  const { requestedModel, model, fingerprint } = watched;
  return {
    requestedModel,
    variants: [...new Set(others.flatMap(({ variants }) => variants))].sort(),
    before: { model, fingerprint, lastAt: known?.lastAt ?? null },
    after: { model: next.model, fingerprint: next.fingerprint, firstAt: next.firstAt },
    answers,
  };
}

function settledOn(
  { requestedModel, model, fingerprint }: Answered,
  answered: readonly Answered[],
): WatchedModel {
  const heard = Object.fromEntries(answered.map((each) => [idOf(each), each.answers]));
  return { requestedModel, model, fingerprint, heard };
}

/** Of equals the one that came first. */
function most(answered: readonly Answered[], size: (each: Answered) => number): Answered | undefined {
  return answered.toSorted(
    (one, other) => size(other) - size(one) || one.firstAt.getTime() - other.firstAt.getTime(),
  )[0];
}

/** An id as one text. */
export function idOf({ model, fingerprint }: AnsweringId): string {
  return JSON.stringify([model, fingerprint]);
}

/**
 * An id as people read it.
 *
 * @example idWords({ model: 'gpt-4o-2024-08-06', fingerprint: 'fp_1' }) // 'gpt-4o-2024-08-06 (fp_1)'
 */
export function idWords({ model, fingerprint }: AnsweringId): string {
  return fingerprint === null ? model : `${model} (${fingerprint})`;
}
