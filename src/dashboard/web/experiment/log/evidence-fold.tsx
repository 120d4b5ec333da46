import { useState } from 'preact/hooks';
import { visible } from '../../format/visible.js';
import type { Evidence } from './evidence.js';

/** The evidence as it was recorded, folded until it is asked for. */
export function EvidenceFold({ evidence }: { evidence: Evidence }) {
  const [open, setOpen] = useState(false);
  if (Object.keys(evidence).length === 0) return null;
  return (
    <details class="evidence" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Evidence as recorded</summary>
      {open && (
        <pre tabIndex={0} aria-label="Evidence as recorded">
          {visible(JSON.stringify(evidence, null, 2))}
        </pre>
      )}
    </details>
  );
}
