import { useState } from 'preact/hooks';
import type { ExperimentView } from '../api/contract.js';
import type { Problem } from '../api/request.js';
import { visible } from '../format/visible.js';
import { DialogEnd } from './dialog-end.js';
import { MeanwhileNote } from './meanwhile-note.js';
import { Modal } from './modal.js';
import { hasMovedOn } from './moved-on.js';
import { takeBack } from './notices.js';
import { Outlook } from './outlook.js';
import { isConflict, problemIn } from './send.js';
import type { Undo } from './undo.js';
import { useRehearsal } from './use-rehearsal.js';

export interface UndoDialogProps {
  readonly undo: Undo;
  /** As what is taken back left it. */
  readonly left: ExperimentView;
  /** As it is by now. */
  readonly present: ExperimentView;
  readonly onClose: () => void;
}

/** Shows what taking it back would do, and does it. */
export function UndoDialog({ undo, left, present, onClose }: UndoDialogProps) {
  const { name, action, request, then } = undo;
  const rehearsal = useRehearsal(request, left.version);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const refused = problem ?? (rehearsal.state === 'refused' ? rehearsal.problem : null);
  // While it is under way what changes is its own doing.
  const outdated = !busy && (hasMovedOn(present, left) || isConflict(refused));
  const isReady = rehearsal.state === 'known' && !outdated && !busy;
  const confirm = async (event: Event) => {
    event.preventDefault();
    if (!isReady) return;
    setBusy(true);
    await takeBack(undo, left).then(onClose, (error: unknown) => {
      setProblem(problemIn(error));
      setBusy(false);
    });
  };
  return (
    <Modal title={`Undo by: ${name.toLowerCase()}: ${visible(left.name)}`} onClose={onClose}>
      <form onSubmit={(event) => void confirm(event)}>
        <MeanwhileNote seen={left} present={present} outdated={outdated} onLookAgain={null}>
          So there is nothing to undo any more.
        </MeanwhileNote>
        <Outlook action={action} experiment={left} rehearsal={rehearsal} outdated={outdated} />
        {then && rehearsal.state === 'known' && !outdated && <p>{then.words}</p>}
        <DialogEnd problem={isConflict(problem) ? null : problem} onCancel={onClose}>
          <button class="primary" aria-disabled={!isReady} aria-busy={busy}>
            Undo
          </button>
        </DialogEnd>
      </form>
    </Modal>
  );
}
