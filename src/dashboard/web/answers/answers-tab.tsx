import { useState } from 'preact/hooks';
import type { TabProps } from '../experiment/tab.js';
import { hrefOf, navigate, useRoute } from '../shell/router.js';
import { answerFilterQuery, answersPath, readAnswerFilter, type AnswerFilter } from './answer-filter.js';
import { AnswerFilters } from './answer-filters.js';
import { AnswersColumn } from './answers-column.js';
import { JudgeLine } from './judge-line.js';
import { loggingCommand, loggingWords } from './logging-words.js';

/** Real answers of each variant, side by side. */
export function AnswersTab({ experiment }: TabProps) {
  const { key, variants, judge, generationLog } = experiment;
  const filter = readAnswerFilter(useRoute().query);
  const [round, setRound] = useState(0);
  const change = (changed: Partial<AnswerFilter>) =>
    navigate(hrefOf(['experiments', key, 'answers'], answerFilterQuery({ ...filter, ...changed })), {
      replace: true,
    });
  if (generationLog?.mode === 'off')
    return (
      <section class="beginning">
        <h2>{loggingWords(experiment)}</h2>
        <p>This logs the texts of a twentieth of the units from now on, redacted:</p>
        <pre>
          <code>{loggingCommand(key, location.origin)}</code>
        </pre>
      </section>
    );
  const shown = filter.variant === '' ? variants.map((variant) => variant.key) : [filter.variant];
  return (
    <section class="answers">
      <h2>Answers</h2>
      <p class="lead">
        {loggingWords(experiment)} The newest first; what is shown stays until you ask for newer ones.
      </p>
      {judge && <JudgeLine experiment={experiment} />}
      <AnswerFilters
        experiment={experiment}
        filter={filter}
        onChange={change}
        onRefresh={() => setRound(round + 1)}
      />
      <div class="answers-columns">
        {shown.map((variant) => {
          const place = variants.findIndex((each) => each.key === variant);
          return (
            <AnswersColumn
              key={variant}
              name={
                variant === '$fallback' ? 'the fallback' : variant === '$holdback' ? 'the holdback' : variant
              }
              place={place < 0 ? null : place}
              path={answersPath(key, variant, filter)}
              round={round}
              isJudge={(metric) => metric === judge?.metric}
            />
          );
        })}
      </div>
    </section>
  );
}
