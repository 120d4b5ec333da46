import { variantStyle } from '../chart/variant-style.js';
import { AnswerCard } from './answer-card.js';
import { useAnswers } from './use-answers.js';

export interface ColumnProps {
  readonly name: string;
  /** Of the variant, for its colour; null for what is none. */
  readonly place: number | null;
  readonly path: string;
  readonly round: number;
  readonly isJudge: (metric: string) => boolean;
}

/** Answers of one variant, the newest first. */
export function AnswersColumn({ name, place, path, round, isJudge }: ColumnProps) {
  const { answers, hasMore, reading, problem, readOlder } = useAnswers(path, round);
  return (
    <section class="answers-column" aria-label={`Answers of ${name}`} aria-busy={reading}>
      <h3 class={place === null ? undefined : `answers-of ${variantStyle(place).name}`}>{name}</h3>
      {problem && (
        <p role="alert" class="fault">
          {problem.message}
        </p>
      )}
      {answers.map((answer) => (
        <AnswerCard key={answer.id} answer={answer} isJudge={isJudge} />
      ))}
      {answers.length === 0 && !problem && (
        <p class="muted">{reading ? 'Reading…' : 'No answer is logged that fits.'}</p>
      )}
      {hasMore && (
        <button onClick={readOlder} disabled={reading}>
          Older answers of {name}
        </button>
      )}
    </section>
  );
}
