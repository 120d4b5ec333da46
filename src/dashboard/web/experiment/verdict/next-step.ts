import type { ExperimentView, ReportView } from '../../api/contract.js';

type Action = ReportView['recommendation']['action'];

/** What an action asks of the reader, in words. */
export interface Advice {
  readonly headline: string;
  /** What to do next. */
  readonly next: string;
}

/** What there is to do where no units come, whatever their figures say. */
const standing: Readonly<Partial<Record<ExperimentView['status'], Advice>>> = {
  paused: {
    headline: 'Paused: find out why, then resume or conclude',
    next: 'Everyone is served the fallback. The log says who paused it and on which evidence. Resume it once the cause is gone, or conclude it.',
  },
  killed: {
    headline: 'Killed: everyone is served the fallback',
    next: 'The log says who killed it and why. Lifting the kill leads to paused; archive it to be done with it.',
  },
  concluded: {
    headline: 'Concluded',
    next: 'Everyone is served the decided variant. Move it into the code, then archive the experiment.',
  },
};

/**
 * The advice that fits the experiment's state: what its figures ask for, or what is to be done first.
 *
 * @example adviceIn('paused', recommendation).headline // 'Paused: find out why, then resume or conclude'
 */
export function adviceIn(
  status: ExperimentView['status'],
  { action, variant }: Pick<ReportView['recommendation'], 'action' | 'variant'>,
): Advice {
  const isMoot = action === 'CONTINUE' || status === 'killed' || status === 'concluded';
  return (isMoot ? standing[status] : undefined) ?? adviceOf(action, variant);
}

/**
 * The recommendation for a reader who knows no codes.
 *
 * @example adviceOf('SHIP', 'treatment').headline // 'Ship treatment'
 */
export function adviceOf(action: Action, variant: string | null): Advice {
  const name = variant ?? 'the variant';
  switch (action) {
    case 'CONTINUE':
      return {
        headline: 'Keep it running',
        next: 'Nothing to do. Come back later: looking does no harm, deciding early does.',
      };
    case 'SHIP':
      return {
        headline: `Ship ${name}`,
        next: `Roll ${name} out, in stages if you like; the guardrails go on watching. A holdback of 5 to 10 % shows later whether the gain lasts.`,
      };
    case 'SHIP_CHEAPER':
      return {
        headline: `Ship ${name}: as good, and cheaper`,
        next: `Roll ${name} out, in stages if you like; the guardrails go on watching.`,
      };
    case 'KEEP_CONTROL':
      return {
        headline: `Keep ${name}`,
        next: `Conclude with ${name}. What was learnt is in the report; the next idea is a clone away.`,
      };
    case 'NO_DIFFERENCE':
      return {
        headline: 'No difference worth acting on',
        next: 'Conclude with whichever is cheaper or simpler to keep, and try a bolder change.',
      };
    case 'STOP_HARM':
      return {
        headline: `Stop ${name}: it does harm`,
        next: `Give ${name} no more units, or pause the experiment; then find out what its users met.`,
      };
    case 'FIX_DATA':
      return {
        headline: 'Repair the data before deciding anything',
        next: 'Do what the warnings below say, then start a clone: what was lost does not come back.',
      };
  }
}
