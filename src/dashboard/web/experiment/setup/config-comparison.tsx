import { useState } from 'preact/hooks';
import type { ExperimentView } from '../../api/contract.js';
import { variantStyle } from '../../chart/variant-style.js';
import { visible } from '../../format/visible.js';
import { configRows, manyVariablesNote, type ConfigRow } from './config-rows.js';
import { CopyButton } from './copy-button.js';
import { TextComparison } from './text-comparison.js';

type Variants = ExperimentView['variants'];

/** What the variants are, parameter by parameter; what differs is marked, and texts are held against control's. */
export function ConfigComparison({ experiment }: { experiment: ExperimentView }) {
  const { variants, control } = experiment;
  const rows = configRows(variants.map(({ config }) => config));
  const note = manyVariablesNote(rows);
  const differing = rows.filter(({ differs }) => differs);
  return (
    <section class="card configs">
      <h2>Configurations</h2>
      <p class="muted">
        {differing.length === 0
          ? 'The variants have the same configuration: an A/A test.'
          : `They differ in ${differing.map(({ parameter }) => visible(parameter)).join(', ')}.`}
      </p>
      {note && <p class="config-note">{note}</p>}
      <ParameterTable rows={rows.filter(({ isLong }) => !isLong)} variants={variants} control={control} />
      {rows
        .filter(({ isLong }) => isLong)
        .map((row) => (
          <LongParameter key={row.parameter} row={row} variants={variants} control={control} />
        ))}
      <ul class="river-key" aria-label="Copy a configuration">
        {variants.map(({ key, config }) => (
          <li key={key}>
            {key} as JSON{' '}
            <CopyButton text={JSON.stringify(config, null, 2)} name={`the configuration of ${key}`} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ParameterTableProps {
  readonly rows: readonly ConfigRow[];
  readonly variants: Variants;
  readonly control: string;
}

function ParameterTable({ rows, variants, control }: ParameterTableProps) {
  return (
    <div class="table-place" tabIndex={0} role="region" aria-label="Parameters side by side">
      <table>
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            {variants.map(({ key, name, promptVersion }, place) => (
              <th key={key} scope="col">
                <span class={`dot ${variantStyle(place).name}`} aria-hidden="true" />
                {key}
                {key === control && ' (control)'}
                <br />
                <span class="muted variant-name">
                  {name !== key && `${visible(name)}, `}prompt {visible(promptVersion ?? 'without a version')}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ parameter, values, differs }) => (
            <tr key={parameter} class={differs ? 'differs' : undefined}>
              <th scope="row">
                {differs && <span class="differs-mark">differs</span>}
                <code>{visible(parameter)}</code>
              </th>
              {values.map((value, place) => (
                <td key={variants[place]?.key}>
                  {value === null ? (
                    <span class="muted">not set</span>
                  ) : (
                    <code class="value">{visible(value)}</code>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LongParameterProps {
  readonly row: ConfigRow;
  readonly variants: Variants;
  readonly control: string;
}

/** A text of several lines: once where all have the same, else held against control's, one variant at a time. */
function LongParameter({ row, variants, control }: LongParameterProps) {
  const controlPlace = Math.max(
    0,
    variants.findIndex(({ key }) => key === control),
  );
  const others = variants.map((_, place) => place).filter((place) => place !== controlPlace);
  const [chosen, setChosen] = useState(others[0] ?? controlPlace);
  const before = row.values[controlPlace] ?? '';
  const after = row.values[chosen] ?? '';
  const name = variants[chosen]?.key ?? '';
  return (
    <div class="long-parameter">
      <h3>
        <code>{visible(row.parameter)}</code> {row.differs && <span class="differs-mark">differs</span>}
      </h3>
      {row.differs && others.length > 1 && (
        <label>
          Compare {control} with
          <select value={String(chosen)} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {others.map((place) => (
              <option key={place} value={String(place)}>
                {variants[place]?.key}
              </option>
            ))}
          </select>
        </label>
      )}
      {row.differs ? (
        <TextComparison before={before} after={after} beforeName={control} afterName={name} />
      ) : (
        <pre class="prompt" tabIndex={0} aria-label={`${row.parameter}, the same in all variants`}>
          {visible(before)}
        </pre>
      )}
      <p class="copies">
        <span class="muted">{control}</span>{' '}
        <CopyButton text={before} name={`${row.parameter} of ${control}`} />
        {row.differs && (
          <>
            <span class="muted">{name}</span> <CopyButton text={after} name={`${row.parameter} of ${name}`} />
          </>
        )}
      </p>
    </div>
  );
}
