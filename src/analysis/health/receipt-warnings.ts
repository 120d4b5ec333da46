import type { AnsweringModel, Receipts } from '../../generations/receipts/receipts.js';
import { figure, percentage } from '../figure.js';
import type { Warning } from '../warning.js';

/**
 * Warnings where what was served is not what the variants say: a model that changed under its name, another config,
 * generations that nobody knows of.
 *
 * @example receiptWarnings(receipts).map(({ code }) => code) // ['MODEL_CHANGED']
 */
export function receiptWarnings({ generations, otherConfig, dropped, models }: Receipts): Warning[] {
  const warnings: Warning[] = modelChanges(models).map((message) => ({ code: 'MODEL_CHANGED', message }));
  if (otherConfig > 0) {
    const message =
      `${figure(otherConfig)} of ${figure(generations)} generations (${percentage(otherConfig / generations)}) were sent with another ` +
      'config than their variant has, so the variants were not compared as they are written down. Hand the config to the model as it was assigned.';
    warnings.push({ code: 'CONFIG_MISMATCH', message });
  }
  if (dropped > 0) {
    const message = `${figure(dropped)} generations were lost, as the database was away for longer than memory could hold them. Outcomes are not concerned.`;
    warnings.push({ code: 'GENERATIONS_DROPPED', message });
  }
  return warnings;
}

/** A sentence for each variant, and model asked for, that was answered by one version after another. */
function modelChanges(models: readonly AnsweringModel[]): string[] {
  const groups = new Map<string, AnsweringModel[]>();
  for (const answering of models) {
    const key = JSON.stringify([answering.variant, answering.requestedModel]);
    groups.set(key, [...(groups.get(key) ?? []), answering]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...later] = group;
    const last = later.at(-1);
    if (!first || !last) return [];
    const changes = later
      .map((each) => `${named(each, group)} since ${each.firstAt.toISOString()}`)
      .join(', ');
    return [
      `${first.variant}: ${first.requestedModel} was answered by ${named(first, group)}, and by ${changes}. ` +
        'Answers before and after are not of one model; a difference may be the change.',
    ];
  });
}

/** With the fingerprint, where the name does not tell which it is. */
function named({ model, fingerprint }: AnsweringModel, group: readonly AnsweringModel[]): string {
  const isAmbiguous = group.filter((other) => other.model === model).length > 1;
  return isAmbiguous ? `${model} (${fingerprint ?? 'no fingerprint'})` : model;
}
