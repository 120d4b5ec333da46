import { useMemo, useState } from 'preact/hooks';
import { countOf } from '../../format/number.js';
import { visible } from '../../format/visible.js';
import { folded, textDifference, type DifferenceLine } from './text-difference.js';

interface TextComparisonProps {
  readonly before: string;
  readonly after: string;
  readonly beforeName: string;
  readonly afterName: string;
}

const signs: Readonly<Record<DifferenceLine['kind'], readonly [sign: string, words: string]>> = {
  same: [' ', ''],
  removed: ['−', 'only in'],
  added: ['+', 'only in'],
};

/** Two texts line by line: − is only in the first, + only in the second; changed words are underlined. */
export function TextComparison({ before, after, beforeName, afterName }: TextComparisonProps) {
  const [whole, setWhole] = useState(false);
  const lines = useMemo(() => textDifference(visible(before), visible(after)), [before, after]);
  const shown = whole ? lines : folded(lines);
  const changed = lines.filter(({ kind }) => kind !== 'same').length;
  if (changed === 0)
    return (
      <p class="muted">
        The same in {beforeName} and {afterName}.
      </p>
    );
  return (
    <>
      <p class="muted">
        − only in {beforeName}, + only in {afterName}.
      </p>
      <div class="difference" tabIndex={0} role="region" aria-label={`${beforeName} against ${afterName}`}>
        {shown.map((line, place) =>
          typeof line === 'number' ? (
            <button key={place} class="quiet" onClick={() => setWhole(true)}>
              {countOf(line)} unchanged {line === 1 ? 'line' : 'lines'}
            </button>
          ) : (
            <Line key={place} line={line} name={line.kind === 'removed' ? beforeName : afterName} />
          ),
        )}
      </div>
    </>
  );
}

function Line({ line, name }: { line: DifferenceLine; name: string }) {
  const [sign, words] = signs[line.kind];
  const Changed = line.kind === 'removed' ? 'del' : 'ins';
  return (
    <div class={`difference-line difference-${line.kind}`}>
      <span aria-hidden="true" class="sign">
        {sign}
      </span>
      <span>
        {words && (
          <span class="visually-hidden">
            {words} {name}:{' '}
          </span>
        )}
        {line.parts.map(({ text, changed }, place) =>
          changed ? <Changed key={place}>{text}</Changed> : <span key={place}>{text}</span>,
        )}
      </span>
    </div>
  );
}
