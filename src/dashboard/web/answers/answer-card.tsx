import { instantOf } from '../format/time.js';
import {
  figuresOf,
  oddities,
  ratingsOf,
  withoutText,
  type AnswerFigure,
  type AnswerView,
} from './answer-view.js';
import { PlainText } from './plain-text.js';
import { PromptText } from './prompt-text.js';

export interface AnswerCardProps {
  readonly answer: AnswerView;
  /** Whether a metric holds the scores of a judge. */
  readonly isJudge: (metric: string) => boolean;
}

/** One answer: what was asked, what was said, what came of it, what it took. */
export function AnswerCard({ answer, isJudge }: AnswerCardProps) {
  const { at, prompt, response, promptVersion, configHash, model, provider } = answer;
  const missing = withoutText(answer);
  const ratings = ratingsOf(answer);
  return (
    <article class="answer">
      {oddities(answer).map((oddity) => (
        <p key={oddity} class="fault">
          {oddity}
        </p>
      ))}
      {prompt && <PromptText prompt={prompt} />}
      <h4>Answer</h4>
      {missing ? <p class="muted">{missing}</p> : <PlainText text={response ?? ''} name="answer" />}
      {ratings.length > 0 && (
        <dl class="ratings">
          {ratings.map(({ name, value }, place) => (
            <Figure key={place} name={isJudge(name) ? `${name} (judge)` : name} value={value} />
          ))}
        </dl>
      )}
      <dl class="figures">
        {figuresOf(answer).map((figure) => (
          <Figure key={figure.name} {...figure} />
        ))}
      </dl>
      <p class="words">
        {instantOf(at)}; {provider}, {model}; prompt {promptVersion ?? 'not the variant’s'}, config{' '}
        <code title={configHash}>{configHash.slice(0, 8)}</code>
      </p>
    </article>
  );
}

function Figure({ name, value }: AnswerFigure) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
