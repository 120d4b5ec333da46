import type { EpochView } from '../../api/contract.js';
import { variantStyle } from '../../chart/variant-style.js';
import { chanceOf, countOf, shareOf, valueOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { visible } from '../../format/visible.js';
import { EvidenceFold } from '../log/evidence-fold.js';
import { banditFacts, causeFacts, causeWords } from './cause-words.js';
import { spanWords } from './span-words.js';

export interface EpochDetailsProps {
  /** All epochs, oldest first. */
  readonly epochs: readonly EpochView[];
  readonly shown: number;
  readonly variants: readonly string[];
  /** What new units meet at that time, where it is not the test. */
  readonly serving: string | null;
  /** When it ends, for the present one: now. */
  readonly until: number;
  readonly onChoose: (epoch: number) => void;
}

/** One weight epoch in words: why it began, what it changed, and what that was decided on. */
export function EpochDetails({ epochs, shown, variants, serving, until, onChoose }: EpochDetailsProps) {
  const epoch = epochs[shown];
  if (!epoch) return null;
  const before = epochs[shown - 1];
  const isLast = shown === epochs.length - 1;
  const end = Date.parse(epochs[shown + 1]?.startedAt ?? new Date(until).toISOString());
  return (
    <section class="epoch" aria-label="The epoch that is shown">
      <header>
        <button disabled={shown === 0} onClick={() => onChoose(shown - 1)} aria-label="The epoch before">
          ‹
        </button>
        <button disabled={isLast} onClick={() => onChoose(shown + 1)} aria-label="The epoch after">
          ›
        </button>
        <span>
          Epoch {countOf(shown + 1)} of {countOf(epochs.length)}
        </span>
        <span class="muted">
          {instantOf(epoch.startedAt)}, {isLast ? 'for' : 'lasted'}{' '}
          {spanWords(end - Date.parse(epoch.startedAt))}
          {isLast && ' so far'}
        </span>
      </header>
      <p class="cause">{visible(causeWords(epoch))}.</p>
      {serving && <p class="muted">Within it: {serving}.</p>}
      <EpochFacts epoch={epoch} before={before} />
      <EpochWeights epoch={epoch} before={before} variants={variants} />
      <EvidenceFold evidence={epoch.evidence} />
    </section>
  );
}

function EpochFacts({ epoch, before }: { epoch: EpochView; before: EpochView | undefined }) {
  const from = before ? shareOf(before.coverage / 100) : null;
  const to = shareOf(epoch.coverage / 100);
  return (
    <dl class="facts">
      <div>
        <dt>Coverage</dt>
        <dd>{from === null || from === to ? to : `${from} → ${to}`}</dd>
      </div>
      {epoch.phase > 0 && (
        <div>
          <dt>Phase</dt>
          <dd>{epoch.phase}, not part of the test</dd>
        </div>
      )}
      {causeFacts(epoch).map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface WeightsProps {
  readonly epoch: EpochView;
  readonly before: EpochView | undefined;
  readonly variants: readonly string[];
}

function EpochWeights({ epoch, before, variants }: WeightsProps) {
  const known = banditFacts(epoch);
  return (
    <div class="table-place" tabIndex={0} role="region" aria-label="Weights of this epoch">
      <table class="dense epoch-weights">
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col" class="numeric">
              Weight
            </th>
            {known.length > 0 &&
              ['Chance to be best', 'Mean', 'Units'].map((title) => (
                <NumericHead key={title} title={title} />
              ))}
          </tr>
        </thead>
        <tbody>
          {variants.map((key, place) => {
            const fact = known.find(({ variant }) => variant === key);
            const [from, to] = [before?.weights[key], epoch.weights[key] ?? 0];
            return (
              <tr key={key}>
                <th scope="row">
                  <span class={`dot ${variantStyle(place).name}`} aria-hidden="true" />
                  {key}
                </th>
                <td class="numeric">
                  {from === undefined || shareOf(from) === shareOf(to) ? '' : `${shareOf(from)} → `}
                  {shareOf(to)}
                </td>
                {known.length > 0 && (
                  <>
                    <td class="numeric">{chanceOf(fact?.probabilityBest)}</td>
                    <td class="numeric">{valueOf(fact?.mean)}</td>
                    <td class="numeric">{typeof fact?.units === 'number' ? countOf(fact.units) : '–'}</td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function NumericHead({ title }: { title: string }) {
  return (
    <th scope="col" class="numeric">
      {title}
    </th>
  );
}
