import { useState } from 'preact/hooks';
import type { ExperimentView, MetricView, PlanView } from '../api/contract.js';
import { Problem } from '../api/request.js';
import { useResource } from '../api/resource.js';
import { FormProblem } from '../act/field.js';
import { serverDefaults } from '../act/wizard/server-defaults.js';
import { numberFrom } from '../format/number-in.js';
import { hrefOf, navigate, useRoute } from '../shell/router.js';
import { CostCard } from './cost-card.js';
import { EffectFigure } from './effect-figure.js';
import { queryOf, questionIn } from './plan-address.js';
import { askedPlan, effectsAround, type PlanQuestion } from './plan-question.js';
import { PlanSize } from './plan-size.js';
import { PowerFigure } from './power-figure.js';
import { QuestionFields } from './question-fields.js';
import { useCurves, usePlan } from './use-plan.js';

/** How many units and days, how sure at fewer, and at what price. */
export function SizePart() {
  const { query } = useRoute();
  const [question, setQuestion] = useState(() => questionIn(query));
  const { data: listed } = useResource<{ readonly experiments: readonly ExperimentView[] }>(
    'v1/experiments?limit=200',
  );
  const { data: catalogue } = useResource<{ readonly metrics: readonly MetricView[] }>('v1/metrics');
  const asked = askedPlan(question);
  const body = 'body' in asked && asked.faults.length === 0 ? asked.body : null;
  const answer = usePlan(body);
  const plan = body === null ? null : answer.data;
  const curves = useCurves(
    answer.asking ? null : plan && body,
    plan ? effectsAround(plan.minimumEffect.absolute) : [],
  );
  const change = (changed: Partial<PlanQuestion>) => {
    const next = { ...question, ...changed };
    setQuestion(next);
    navigate(hrefOf(['plan', 'size'], queryOf(next)), { replace: true });
  };
  const experiment = listed?.experiments.find(({ key }) => key === question.from);
  const metric = catalogue?.metrics.find(({ key }) => key === question.metric);
  const refused =
    'faults' in asked && asked.faults.length > 0
      ? new Problem(0, 'UNREADABLE', '', asked.faults)
      : answer.problem;
  const words = { unit: experiment?.unit ?? 'user', metricUnit: metric?.unit ?? null };
  return (
    <>
      <p class="lead">
        How many units it takes to find a difference, and how many days: from how much units differ today, how
        many come, and how sure you want to be.
      </p>
      <FormProblem.Provider value={refused}>
        <QuestionFields
          question={question}
          experiments={listed?.experiments ?? []}
          metrics={catalogue?.metrics ?? []}
          onChange={change}
        />
      </FormProblem.Provider>
      <PlanSize
        asked={asked}
        answer={answer}
        unit={words.unit}
        traffic={trafficOf(question)}
        maximumDays={daysIn(question)}
      />
      {plan && (
        <Figures
          plan={plan}
          curves={curves.data}
          power={numberFrom(question.power) ?? Number(serverDefaults.power)}
          {...words}
        />
      )}
      {plan && experiment && <CostCard experiment={experiment} units={plan.units} />}
    </>
  );
}

interface FiguresProps {
  readonly plan: PlanView;
  /** The same with its curves; null until they are reckoned. */
  readonly curves: PlanView | null;
  readonly power: number;
  readonly unit: string;
  readonly metricUnit: string | null;
}

function Figures({ plan, curves, power, ...words }: FiguresProps) {
  return (
    <>
      <h2>How sure, and by which day</h2>
      <div class="cards wide-cards">
        {curves && <PowerFigure plan={curves} power={power} {...words} />}
        <EffectFigure plan={plan} {...words} />
      </div>
    </>
  );
}

/** An experiment gives its spread and its traffic, and keeps its own plan. */
function daysIn({ maximumDays }: PlanQuestion): number {
  return numberFrom(maximumDays) ?? Number(serverDefaults.maximumDays);
}

function trafficOf({ unitsPerDay, from }: PlanQuestion) {
  const perDay = numberFrom(unitsPerDay);
  if (perDay !== undefined) return { perDay };
  return from === '' ? null : { from };
}
