import { Injectable } from '@nestjs/common';
import { AssayError, type Fault } from '../operations/assay-error.js';
import type { Definition } from './draft-faults.js';
import type { DraftWarning } from './draft-warnings.js';
import type { VariantConfig } from './experiment.js';
import { RegistryService } from './registry.service.js';

/** Somebody who uses variants' configs and knows which it would refuse. */
export abstract class ConfigCheck {
  /** What is wrong with a config, with pointers into it; empty for one that is used, or that is none of its business. */
  abstract faults(config: VariantConfig): readonly Fault[];
}

/**
 * Asks those who will use variants' configs whether they can. They add themselves, as they lie above experiments.
 *
 * - A config is at fault only if everyone who was asked refuses it.
 * - A draft is warned. A start is refused only where code of this process decorates the experiment: other programs, which
 *   ask for assignments over REST, use configs as they please.
 */
@Injectable()
export class ConfigChecks {
  private readonly checks: ConfigCheck[] = [];

  constructor(private readonly registry: RegistryService) {}

  add(check: ConfigCheck): void {
    this.checks.push(check);
  }

  warnings(experiment: Definition): DraftWarning[] {
    if (experiment.status !== 'draft' && experiment.status !== 'scheduled') return [];
    const variants = this.faults(experiment).map(
      ({ pointer, message }) => `${pointer}: ${message}. Requests served this variant would fail.`,
    );
    const judge = this.judgeFaults(experiment).map(({ message }) => `${message}. No answer would be judged.`);
    return [...variants, ...judge].map((message) => ({ code: 'LLM_CONFIG_UNUSABLE', message }));
  }

  /** Throws INVALID_REQUEST, naming every fault, where this process would serve or judge by a config that cannot be used. */
  refuseUnusable(experiment: Definition): void {
    const unjudged = this.judgeFaults(experiment);
    if (unjudged.length > 0) {
      const said = unjudged.map(({ message }) => message).join('; ');
      throw new AssayError(
        'INVALID_REQUEST',
        `"${experiment.key}" cannot start with this judge: ${said}.`,
        unjudged,
      );
    }
    const places = this.registry.allUses().get(experiment.key) ?? [];
    const faults = places.length === 0 ? [] : this.faults(experiment);
    if (faults.length === 0) return;
    const list = faults.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ');
    throw new AssayError(
      'INVALID_REQUEST',
      `"${experiment.key}", which ${places.join(', ')} decorates, cannot start with these configs: ${list}.`,
      faults,
    );
  }

  /** A judge is asked by this process, whoever serves the variants; the rubric is its prompt. */
  private judgeFaults({ judge }: Definition): Fault[] {
    if (!judge) return [];
    const found = this.checks.map((check) => check.faults({ ...judge.config, systemPrompt: judge.rubric }));
    const [first = []] = found;
    if (found.some((faults) => faults.length === 0)) return [];
    return first.map(({ pointer, message }) => ({
      pointer: `/judge/config${pointer}`,
      message: `/judge/config${pointer}: ${message}`,
    }));
  }

  private faults({ variants }: Definition): Fault[] {
    return variants.flatMap(({ config }, index) => {
      const found = this.checks.map((check) => check.faults(config));
      const [first = []] = found;
      if (found.some((faults) => faults.length === 0)) return [];
      return first.map(({ pointer, message }) => ({
        pointer: `/variants/${index}/config${pointer}`,
        message,
      }));
    });
  }
}
