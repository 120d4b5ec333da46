import type { ExperimentView } from '../../api/contract.js';
import { emptyForm, type AllocationForm, type DraftForm, type JudgeForm } from './draft-form.js';
import { chosen, jsonText, present, same } from './field-text.js';
import { serverDefaults } from './server-defaults.js';

type Extras = Pick<DraftForm, 'targeting' | 'layer' | 'allocation' | 'budget' | 'judge' | 'others'>;

/** What of an experiment is for its successor as well. Its dates and its units that are forced are its own. */
export function extrasFrom(experiment: ExperimentView): Extras {
  const { targeting, layer, budget } = experiment;
  const others = {
    description: experiment.description || null,
    fallback: fallbackFrom(experiment),
    failClosedAfter: experiment.failClosedAfter,
    generationLog: experiment.generationLog,
    configSchema: experiment.configSchema,
  };
  return {
    targeting: targeting === null ? '' : JSON.stringify(targeting, null, 2),
    layer: { key: chosen(layer?.key), percent: chosen(layer?.percent) },
    allocation: allocationFrom(experiment),
    budget: {
      total: chosen(budget?.total),
      perDay: chosen(budget?.perDay),
      action: budget?.action ?? emptyForm.budget.action,
    },
    judge: judgeFrom(experiment),
    others: jsonText(present(others)),
  };
}

/** A fallback of its own; what the control has is what the server takes anyway. */
function fallbackFrom({ fallback, variants, control }: ExperimentView): unknown {
  const config = variants.find(({ key }) => key === control)?.config;
  return same(fallback, config) ? null : fallback;
}

function allocationFrom({ allocation }: ExperimentView): AllocationForm {
  if (allocation.mode === 'fixed') return emptyForm.allocation;
  const { reward, every, floor, burnIn, maximumStep, controlShare, ...rest } = allocation;
  const { objective, discount, onJump, mode, ...others } = rest;
  return {
    mode,
    reward: typeof reward === 'string' ? reward : JSON.stringify(reward),
    every: chosen(every, serverDefaults.every),
    floor: chosen(floor, serverDefaults.floor),
    burnIn: {
      unitsPerVariant: chosen(burnIn.unitsPerVariant, serverDefaults.burnInUnits),
      rewards: chosen(burnIn.rewards),
      hours: chosen(burnIn.hours),
    },
    maximumStep: chosen(maximumStep),
    controlShare: chosen(controlShare),
    objective: chosen(objective),
    discount: chosen(discount),
    onJump: chosen(onJump),
    others: jsonText(present(others)),
  };
}

function judgeFrom({ judge }: ExperimentView): JudgeForm {
  if (judge === null) return emptyForm.judge;
  const { rubric, metric, samplingRate, budgetUsdPerDay, config, scale, pairwise } = judge;
  const others = {
    ...present({ pairwise }),
    ...(Object.keys(config).length > 0 ? { config } : {}),
    ...(same(scale, { min: 1, max: 5 }) ? {} : { scale }),
    ...(budgetUsdPerDay === null ? { budgetUsdPerDay } : {}),
  };
  return {
    rubric,
    metric: chosen(metric, serverDefaults.judgeMetric),
    samplingRate: chosen(samplingRate, serverDefaults.samplingRate),
    budgetUsdPerDay: chosen(budgetUsdPerDay, serverDefaults.budgetUsdPerDay),
    others: jsonText(others),
  };
}
