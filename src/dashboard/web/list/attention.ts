import type { OverviewItemView } from '../api/contract.js';

type Action = NonNullable<OverviewItemView['recommendation']>['action'];

/** Why an experiment needs somebody now. */
export type Concern = 'breach' | 'srm' | 'harm' | 'fix' | 'ship' | 'killed';

const words: Readonly<Record<Concern, string>> = {
  harm: 'should be stopped, it does harm',
  breach: 'breached a guardrail',
  srm: 'has a sample ratio mismatch',
  fix: 'has data to be put right',
  ship: 'can be shipped',
  killed: 'is killed',
};

/** The gravest first: the order in which they are told. */
const gravest = Object.keys(words) as readonly Concern[];

/** What is to be done about an experiment that is not over, the gravest first; empty when nothing is. */
export function concernsOf({ status, guardrails, health, recommendation }: OverviewItemView): Concern[] {
  if (status === 'killed') return ['killed'];
  if (status !== 'running' && status !== 'paused' && status !== 'rolling-out') return [];
  const action = recommendation?.action;
  const present: Readonly<Record<Concern, boolean>> = {
    harm: action === 'STOP_HARM',
    breach: guardrails.some(({ state }) => state === 'breached'),
    srm: health.srm,
    fix: action === 'FIX_DATA' && !health.srm,
    killed: false,
    ship: (action === 'SHIP' || action === 'SHIP_CHEAPER') && status !== 'rolling-out',
  };
  return gravest.filter((concern) => present[concern]);
}

/**
 * Completes the experiment's name to a sentence.
 *
 * @example concernWords('ship', 'SHIP_CHEAPER') // 'can be shipped: as good, and cheaper'
 */
export function concernWords(concern: Concern, action: Action | undefined): string {
  return concern === 'ship' && action === 'SHIP_CHEAPER'
    ? `${words.ship}: as good, and cheaper`
    : words[concern];
}

/** One experiment that needs somebody, and why. */
export interface Attention {
  readonly item: OverviewItemView;
  readonly concern: Concern;
  /** Completes its name to a sentence: `can be shipped`. */
  readonly words: string;
}

/** Each experiment that needs somebody, for its gravest reason; the gravest first. */
export function attentionOf(items: readonly OverviewItemView[]): Attention[] {
  return items
    .flatMap((item) => {
      const [concern] = concernsOf(item);
      return concern ? [{ item, concern, words: concernWords(concern, item.recommendation?.action) }] : [];
    })
    .sort((one, other) => gravest.indexOf(one.concern) - gravest.indexOf(other.concern));
}

/**
 * What the list amounts to where nothing needs anybody.
 *
 * @example calmWords(items) // 'Nothing needs you: 3 running, none in trouble.'
 */
export function calmWords(items: readonly OverviewItemView[]): string {
  const running = items.filter(({ status }) => status === 'running' || status === 'rolling-out').length;
  return running === 0
    ? 'Nothing is running, and nothing needs you.'
    : `Nothing needs you: ${running} running, none in trouble.`;
}
