import type { ExperimentView, SpendView } from '../../api/contract.js';
import { useResource } from '../../api/resource.js';
import { shareOf, valueOf } from '../../format/number.js';
import { budgetBars, exhaustedWords, spendSummary } from './spend-words.js';

/** What the experiment costs, against what it may. */
export function SpendCard({ experiment, base }: { experiment: ExperimentView; base: string }) {
  const { data: spend } = useResource<SpendView>(`${base}/spend`, experiment.key);
  if (!spend) return null;
  return (
    <section class="card">
      <h3>Spend</h3>
      <p class="muted">{spendSummary(spend)}</p>
      {budgetBars(spend).map((bar) => (
        <div key={bar.name} class="budget">
          <p>
            {valueOf(bar.spent, 'usd')} of {valueOf(bar.bound, 'usd')} {bar.name} (
            {shareOf(bar.spent / bar.bound)})
          </p>
          <div class="bar" aria-hidden="true" data-spent={bar.spent >= bar.bound ? 'true' : undefined}>
            <div style={{ width: `${Math.min(100, (100 * bar.spent) / bar.bound)}%` }} />
          </div>
          <p class="muted">{exhaustedWords(bar)}</p>
        </div>
      ))}
    </section>
  );
}
