import type { ComponentChildren } from 'preact';
import type { PlanView } from '../api/contract.js';
import type { AskedPlan } from './plan-question.js';
import { sizeSentence, verdictOf, type Traffic } from './plan-words.js';
import type { PlanAnswer } from './use-plan.js';

export interface PlanSizeProps {
  readonly asked: AskedPlan;
  readonly answer: PlanAnswer;
  readonly unit: string;
  readonly traffic: Traffic;
  readonly maximumDays: number;
  readonly children?: ComponentChildren;
}

/** How large and how long, in words; or what has to be said first. */
export function PlanSize({ asked, answer, unit, traffic, maximumDays, children }: PlanSizeProps) {
  const { data: plan, problem, asking } = answer;
  const [fault] = 'faults' in asked ? asked.faults : [];
  const waits = 'missing' in asked ? asked.missing : (fault?.message ?? null);
  return (
    <div class="note plan-size" aria-busy={asking}>
      <div role="status">
        {waits !== null && <p>{waits}</p>}
        {waits === null && problem && <p class="fault">{problem.message}</p>}
        {waits === null && !plan && !problem && <p class="muted">Reckoning…</p>}
        {waits === null && plan && (
          <p class="reckoned">
            {sizeSentence(plan, unit, traffic)} <Verdict plan={plan} maximumDays={maximumDays} />
          </p>
        )}
      </div>
      {waits === null && plan && (
        <details>
          <summary>What this rests on</summary>
          <p>{plan.reason}</p>
          <ul>
            {plan.assumptions.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </details>
      )}
      {waits === null && children}
    </div>
  );
}

function Verdict({ plan, maximumDays }: { readonly plan: PlanView; readonly maximumDays: number }) {
  const verdict = verdictOf(plan, maximumDays);
  return verdict && <span class={`verdict-${verdict.tone}`}>{verdict.words}</span>;
}
