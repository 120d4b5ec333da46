import {
  defaultGuardrails as served,
  guardrailActions as actions,
} from '../../../src/experiments/guardrail.js';
import { draftWarnings } from '../../../src/experiments/draft-warnings.js';
import { experimentFromRequest } from '../../../src/experiments/experiment.mapper.js';
import { CreateExperiment } from '../../../src/experiments/experiment.schema.js';
import { bodyOf } from '../../../src/dashboard/web/act/wizard/draft-body.js';
import {
  defaultGuardrails,
  guardrailActions,
  serverDefaults,
  units,
} from '../../../src/dashboard/web/act/wizard/server-defaults.js';
import { formWith } from './draft-fixtures.js';

const covariate = { kind: 'metric', attribute: '', metric: 'user_rating', before: '' };
const request = CreateExperiment.parse(bodyOf(formWith({ '/metrics/covariate': covariate })).body);
const bandit = CreateExperiment.parse(
  bodyOf(formWith({ '/allocation/mode': 'bandit', '/judge/rubric': 'Is it answered?' })).body,
);
const draft = experimentFromRequest(request, 'salt', new Date(0));

describe('what the page shows in place of an empty field', () => {
  it('is what the server takes', () => {
    const { unit, coverage, holdback, metrics, plan, variants } = draft;
    const { allocation, judge } = bandit;
    if (allocation.mode !== 'bandit') throw new Error('The draft asks for a bandit.');
    const taken = {
      unit,
      coverage,
      holdback,
      weight: variants[0]?.weight,
      window: metrics.window,
      before: metrics.covariate && 'before' in metrics.covariate ? metrics.covariate.before : null,
      alpha: plan.alpha,
      power: plan.power,
      minimumDays: plan.minimumDays,
      maximumDays: plan.maximumDays,
      every: allocation.every,
      floor: allocation.floor,
      burnInUnits: allocation.burnIn.unitsPerVariant,
      judgeMetric: judge?.metric,
      samplingRate: judge?.samplingRate,
      budgetUsdPerDay: judge?.budgetUsdPerDay,
    };
    expect(serverDefaults).toEqual(
      Object.fromEntries(Object.entries(taken).map(([name, value]) => [name, String(value)])),
    );
  });

  it('is the guardrails that the server attaches', () => {
    expect(bodyOf(formWith({ '/guardrails': defaultGuardrails })).body.guardrails).toEqual(served);
    expect(draft.guardrails).toEqual(served);
  });

  it('is the ramp that the server proposes', () => {
    const { ramp } = bodyOf(formWith({ '/rampChoice': 'suggested' })).body;
    const proposal = draftWarnings(draft, () => undefined).find(({ code }) => code === 'PROMPT_WITHOUT_RAMP');
    expect(proposal?.message).toContain(`"ramp": ${JSON.stringify(ramp)}`);
  });

  it('names each unit and each action that there is', () => {
    expect(guardrailActions.map(({ action }) => action)).toEqual(actions);
    for (const unit of units)
      expect(CreateExperiment.parse({ ...bodyOf(formWith()).body, unit }).unit).toBe(unit);
  });
});
