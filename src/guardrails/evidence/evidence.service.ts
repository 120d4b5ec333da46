import { Injectable, Logger } from '@nestjs/common';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import type { Experiment } from '../../experiments/experiment.js';
import { moreEvidence, nothingSeen, streamOf, type Evidence } from './evidence.js';
import { EvidenceStore } from './evidence.store.js';
import { watchedMeans, type WatchedMean } from './watched-mean.js';

/** Outcomes that are taken in by one statement: what waits after an upgrade or an outage may be millions. */
const atOnce = 10_000;
/** Statements of one look. The next look goes on where this one ends. */
const rounds = 10;

/** Evidence with what this look added to it; `fresh` is to be written, with whatever the look leads to. */
export interface Gathered {
  readonly evidence: Evidence | null;
  readonly fresh: boolean;
}

/** Takes in what came since the last look, in the order in which it was committed. */
@Injectable()
export class EvidenceService {
  private readonly logger = new Logger('Guardrails');

  constructor(
    private readonly store: EvidenceStore,
    private readonly catalogue: CatalogueService,
  ) {}

  /** As of the last look. */
  present({ id, phase }: Experiment): Promise<Evidence | null> {
    return this.store.load(id, phase);
  }

  async gather(experiment: Experiment, now: Date): Promise<Gathered> {
    const watched = watchedMeans(experiment, (key) => this.catalogue.get(key));
    if (watched.length === 0) return { evidence: null, fresh: false };
    let gathered: Gathered = { evidence: await this.present(experiment), fresh: false };
    for (let round = 0; round < rounds; round++) {
      const { next, more } = await this.takeIn(experiment, watched, gathered, now);
      gathered = next;
      if (!more) return gathered;
    }
    this.logger.warn(
      `Guardrails of "${experiment.key}" are behind: more than ${atOnce * rounds} outcomes came since the last look`,
    );
    return gathered;
  }

  private async disownRestored(experimentId: number): Promise<void> {
    for (;;) if ((await this.store.disownRestored(experimentId, atOnce)) < atOnce) return;
  }

  private async takeIn(
    { id, phase }: Experiment,
    watched: readonly WatchedMean[],
    { evidence: before, fresh }: Gathered,
    now: Date,
  ): Promise<{ next: Gathered; more: boolean }> {
    const asked = watched.map((mean) => ({
      ...mean,
      since: streamOf(before, mean.name)?.copies.map(({ since }) => since) ?? [],
    }));
    const seen = await this.store.newObservations(id, phase, before?.snapshot ?? nothingSeen, asked, atOnce);
    if (!seen) return { next: { evidence: before, fresh }, more: false };
    if (seen.restored) await this.disownRestored(id);
    const { snapshot, since, observations, more } = seen;
    // In another database than before, what is watched begins anew with what comes next.
    const known = seen.restored ? { snapshot, streams: {} } : before;
    const after = moreEvidence(
      known,
      watched,
      (place) => (seen.restored ? [] : observations.filter(({ n }) => n === place)),
      { snapshot, since, at: now },
    );
    // Outcomes that say nothing of what is watched are passed for good only if the place is kept.
    const kept = more && known && !after ? { ...known, snapshot } : known;
    return { next: { evidence: after ?? kept, fresh: fresh || after !== null || more }, more };
  }
}
