import type { ConfigForm } from './draft-form.js';
import type { Fault } from './fault.js';
import { beside } from './json-in.js';
import { numberIn } from '../../format/number-in.js';

/** A variant's config as it is sent, with what cannot be. */
export interface ReadConfig {
  readonly config: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
}

/**
 * The config of a variant from its fields; empty ones are left out.
 *
 * @param pointer of the config in the body
 * @example readConfig({ ...fields, model: 'm', others: '{"topP": 0.9}' }, '/variants/0/config').config // { model: 'm', topP: 0.9 }
 */
export function readConfig(form: ConfigForm, pointer: string): ReadConfig {
  const faults: Fault[] = [];
  const number = (field: 'temperature' | 'maxTokens') =>
    numberIn(form[field], (message) => faults.push({ pointer: `${pointer}/${field}`, message }));
  const own = {
    model: form.model.trim() || undefined,
    // A prompt is sent as it was typed: its white space may matter.
    systemPrompt: form.systemPrompt === '' ? undefined : form.systemPrompt,
    temperature: number('temperature'),
    maxTokens: number('maxTokens'),
  };
  const config = beside(own, form.others, '{"topP": 0.9}', (message) => faults.push({ pointer, message }));
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  return { config: Object.fromEntries(given), faults };
}
