import type { ShownFaults } from './faults-shown.js';
import { focusField } from './focus-field.js';

/** Why there is no draft yet, with the way to each field. */
export function FaultSummary({ refused }: { readonly refused: ShownFaults | null }) {
  if (refused === null) return <div role="alert" />;
  const { problem, elsewhere } = refused;
  return (
    <div role="alert" class="note note-bad">
      <p>
        <strong>There is no draft yet, and nothing you typed is lost.</strong>{' '}
        {problem.faults.length + elsewhere.length > 0 ? 'Change these:' : problem.message}
      </p>
      <ul>
        {problem.faults.map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`}>
            <button type="button" class="link" onClick={() => focusField(pointer)}>
              {pointer || 'the draft'}
            </button>{' '}
            {message}
          </li>
        ))}
        {elsewhere.map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`}>
            <code>{pointer}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
