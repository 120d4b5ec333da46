import type { AnswerView } from './answer-view.js';
import { PlainText } from './plain-text.js';

/** What the model was asked: the messages, and the system prompt behind a fold. */
export function PromptText({ prompt }: { readonly prompt: NonNullable<AnswerView['prompt']> }) {
  const { messages, systemPrompt } = prompt;
  return (
    <>
      <h4>Asked</h4>
      {messages.map(({ role, text }, place) => (
        <div key={place}>
          {messages.length > 1 && <p class="words">{role}</p>}
          <PlainText text={text} name="prompt" />
        </div>
      ))}
      {systemPrompt !== undefined && systemPrompt !== null && (
        <details>
          <summary>System prompt</summary>
          <PlainText
            text={typeof systemPrompt === 'string' ? systemPrompt : JSON.stringify(systemPrompt, null, 2)}
            name="system prompt"
          />
        </details>
      )}
    </>
  );
}
