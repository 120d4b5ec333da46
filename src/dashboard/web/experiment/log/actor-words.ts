/** Who acts: a person, code that people wrote, or one of the automatic actors. */
export type ActorKind =
  'person' | 'code' | 'schedule' | 'ramp' | 'bandit' | 'rollout' | 'guardrail' | 'model-watch';

const kinds: readonly ActorKind[] = [
  'person',
  'code',
  'schedule',
  'ramp',
  'bandit',
  'rollout',
  'guardrail',
  'model-watch',
];

/** @example actorKindOf('person:ana') // 'person' */
export function actorKindOf(actor: string): ActorKind {
  return kinds.find((kind) => actor === kind || actor.startsWith(`${kind}:`)) ?? 'code';
}

/**
 * Who it was, in words.
 *
 * @example actorWords('person:ana') // 'ana'
 */
export function actorWords(actor: string): string {
  const kind = actorKindOf(actor);
  switch (kind) {
    case 'person':
      return actor.slice('person:'.length) || 'a person';
    case 'code':
      return 'the application';
    case 'schedule':
      return 'the schedule';
    case 'ramp':
    case 'bandit':
    case 'rollout':
    case 'guardrail':
      return `the ${kind}`;
    case 'model-watch':
      return 'the watch over models';
  }
}
