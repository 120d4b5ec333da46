import type { ExperimentView } from '../api/contract.js';
import { shareOf } from '../format/number.js';

/** How much of the answers is logged, in a sentence. */
export function loggingWords({ generationLog }: Pick<ExperimentView, 'generationLog'>): string {
  if (generationLog === null)
    return 'What is logged follows the server (ASSAY_GENERATION_LOG; all of it, redacted, if that is not set).';
  const { mode, share } = generationLog;
  switch (mode) {
    case 'full':
      return 'Every answer is logged, redacted.';
    case 'sampled':
      return `The texts of ${shareOf(share)} of the units are logged, the same ones in every variant; of the others all but the texts.`;
    case 'metadata':
      return 'Everything but the texts is logged.';
    case 'off':
      return 'Answers of this experiment are not logged.';
  }
}

/** Turns the log on; works while the experiment runs. */
export function loggingCommand(key: string, origin: string): string {
  return `curl -X PATCH ${origin}/v1/experiments/${key} -H 'content-type: application/json' \\\n  -d '{"generationLog":{"mode":"sampled","share":0.05}}'`;
}
