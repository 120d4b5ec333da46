import { useState } from 'preact/hooks';
import type { ExperimentView } from '../api/contract.js';
import type { Problem } from '../api/request.js';
import { DialogEnd } from './dialog-end.js';
import { requestOf } from './action-request.js';
import { carryOut } from './carry-out.js';
import { consequenceOf } from './consequence.js';
import { FormProblem } from './field.js';
import { Modal } from './modal.js';
import { ReasonField } from './reason-field.js';
import { problemIn } from './send.js';
import { firstWish } from './wish.js';
import { visible } from '../format/visible.js';

/** Everyone on the fallback at once: it asks for a reason and for nothing else, and bows to nobody's change. */
export function KillDialog({ experiment, onClose }: { experiment: ExperimentView; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = reason.trim() !== '' && !busy;
  const kill = async (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    try {
      const wanted = requestOf('kill', experiment, { ...firstWish(experiment), reason });
      await carryOut('kill', experiment, wanted, null);
      onClose();
    } catch (error) {
      setProblem(problemIn(error));
      setBusy(false);
    }
  };
  return (
    <Modal title={`Kill: ${visible(experiment.name)}`} onClose={onClose}>
      {consequenceOf('kill', experiment, null).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <form onSubmit={(event) => void kill(event)}>
        <FormProblem.Provider value={problem}>
          <ReasonField value={reason} onChange={setReason} required />
        </FormProblem.Provider>
        <DialogEnd problem={problem} onCancel={onClose}>
          <button class="danger" aria-disabled={!ready} aria-busy={busy}>
            Kill
          </button>
        </DialogEnd>
      </form>
    </Modal>
  );
}
