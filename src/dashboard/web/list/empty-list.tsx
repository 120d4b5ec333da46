import { hrefOf } from '../shell/router.js';

const decorated = `@Post('summarize')
@Experiment('exp_summarize')
summarize(@Variant() { config }: AssignedVariant, @Body() { text }: { text: string }) {
  return this.llm.generate(text, config);
}`;

/** How to begin. */
export function EmptyList() {
  return (
    <section class="beginning">
      <h2>There is no experiment yet.</h2>
      <p>
        Decorate a route of your application, and it becomes one with its first request; or draft one{' '}
        <a href={hrefOf(['new'])}>here</a> (key <kbd>n</kbd>). How many units it will need is answered by the{' '}
        <a href={hrefOf(['plan'])}>plan</a>.
      </p>
      <pre>
        <code>{decorated}</code>
      </pre>
    </section>
  );
}
