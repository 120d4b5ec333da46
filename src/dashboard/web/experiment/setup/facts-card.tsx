import type { PlanFact } from './plan-facts.js';

interface FactsCardProps {
  readonly title: string;
  readonly facts: readonly PlanFact[];
  /** What to say where there are none. */
  readonly none?: string;
}

/** A list of names and values. */
export function FactsCard({ title, facts, none = '' }: FactsCardProps) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {facts.length === 0 ? (
        <p class="muted">{none}</p>
      ) : (
        <dl class="plan-facts">
          {facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
