import type { Status } from '../../src/experiments/experiment.js';
import type { RampStep } from '../../src/experiments/schedule.js';
import type { History } from './traffic-model.fixture.js';

/** Where each recorded action may come from, kills aside, and where it leads. */
const legal: Readonly<Record<string, Partial<Record<Status, Status>>>> = {
  start: { draft: 'running' },
  pause: { running: 'paused' },
  resume: { paused: 'running' },
  'roll out': { running: 'rolling-out', paused: 'rolling-out', concluded: 'rolling-out' },
  'next stage': { 'rolling-out': 'rolling-out' },
  ship: { 'rolling-out': 'concluded' },
  'abort rollout': { 'rolling-out': 'paused' },
  conclude: { running: 'concluded', paused: 'concluded' },
  'raise coverage': { running: 'running' },
  'pause rollout': { 'rolling-out': 'rolling-out' },
  'resume rollout': { 'rolling-out': 'rolling-out' },
};

/** What history breaks of all that must hold whatever was done in whatever order; empty where nothing. */
export function brokenInvariants(history: History): string[] {
  return [
    ...brokenWeights(history),
    ...brokenCoverage(history),
    ...brokenOrder(history),
    ...brokenSteps(history),
    ...brokenVersion(history),
  ];
}

function brokenWeights({ epochs }: History): string[] {
  return epochs.flatMap(({ number, weights, slots }) => {
    const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
    const owned = Math.abs(sum - 1) < 1e-12 && slots.length === 10_000;
    return owned ? [] : [`the weights of epoch ${number} sum to ${sum}`];
  });
}

/** Coverage within a phase only rises; the test's goes on where an aborted rollout left it. */
function brokenCoverage({ epochs }: History): string[] {
  return epochs.flatMap(({ number, phase, coverage }, index) => {
    const before = epochs.slice(0, index).findLast((epoch) => epoch.phase === phase);
    return before && coverage < before.coverage
      ? [`coverage fell from ${before.coverage} to ${coverage} in epoch ${number}`]
      : [];
  });
}

function brokenOrder({ decisions, experiment }: History): string[] {
  const broken: string[] = [];
  let status: Status = 'draft';
  let killed = false;
  let decided = false;
  for (const { action } of decisions) {
    // A kill waits for nobody, so it may go on record beside an archiving, which is final.
    if (action === 'kill') killed = status !== 'archived';
    else if (action === 'lift kill') {
      if (!killed) broken.push('a kill was lifted that there was not');
      killed = false;
      status = 'paused';
    } else if (action === 'archive') {
      if (!killed && status !== 'concluded') broken.push(`archived while ${status}`);
      killed = false;
      status = 'archived';
    } else if (action === 'resume' && decided && status === 'paused') {
      // A kill undoes no conclusion: once it is lifted, what was concluded is served again.
      status = 'concluded';
    } else if (legal[action]) {
      const next: Status | undefined = legal[action][status];
      if (next === undefined) broken.push(`"${action}" while ${status}`);
      else status = next;
    }
    if (action === 'conclude' || action === 'ship') decided = true;
    if (action === 'roll out') decided = false;
  }
  const shown = killed ? 'killed' : status;
  if (shown !== experiment.status) broken.push(`it is ${experiment.status}, by its decisions ${shown}`);
  return broken;
}

function brokenSteps({ decisions }: History): string[] {
  const broken: string[] = [];
  const raised = decisions
    .filter(({ action }) => action === 'raise coverage')
    .flatMap(({ evidence }) => (evidence['steps'] as RampStep[]).map(({ coverage }) => coverage));
  if (new Set(raised).size < raised.length) broken.push(`ramp steps were taken twice: ${raised.join(', ')}`);
  let stage = -1;
  for (const { action, evidence } of decisions) {
    if (action === 'roll out') stage = 0;
    if (action !== 'next stage' && action !== 'ship') continue;
    if (evidence['stage'] !== stage + 1)
      broken.push(`stage ${String(evidence['stage'])} came after ${stage}`);
    stage += 1;
  }
  return broken;
}

/** Every decision but the creation, which made version 1, raised it by one. */
function brokenVersion({ decisions, experiment }: History): string[] {
  return experiment.version === decisions.length
    ? []
    : [`version ${experiment.version} after ${decisions.length} decisions`];
}
