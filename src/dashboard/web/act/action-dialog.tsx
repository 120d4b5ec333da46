import type { ExperimentView } from '../api/contract.js';
import { DialogEnd } from './dialog-end.js';
import { actionWords, type Action } from './action.js';
import { ActionForm } from './action-form.js';
import { FormProblem } from './field.js';
import { MeanwhileNote } from './meanwhile-note.js';
import { Modal } from './modal.js';
import { Outlook } from './outlook.js';
import { isConflict } from './send.js';
import { useAction } from './use-action.js';
import { shownFaults } from './wizard/faults-shown.js';
import { fieldPlaces } from './wizard/focus-field.js';
import { visible } from '../format/visible.js';

export interface ActionDialogProps {
  readonly action: Action;
  /** As it is by now; the dialogue holds on to what was seen when it opened. */
  readonly experiment: ExperimentView;
  readonly onClose: () => void;
}

/** Asks what an action needs, shows what it would do, and does it. */
export function ActionDialog({ action, experiment, onClose }: ActionDialogProps) {
  const undertaking = useAction(action, experiment, onClose);
  const { seen, present, outdated, wish, rehearsal, problem, busy, fill, lookAgain, confirm } = undertaking;
  const { name, purpose } = actionWords[action];
  const refused = problem ?? (rehearsal.state === 'refused' ? rehearsal.problem : null);
  return (
    <Modal title={`${name}: ${visible(seen.name)}`} onClose={onClose}>
      <p class="muted">{purpose}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <FormProblem.Provider value={refused && shownFaults(refused, fieldPlaces('dialog[open]')).problem}>
          <ActionForm action={action} experiment={seen} wish={wish} onChange={fill} />
        </FormProblem.Provider>
        <MeanwhileNote seen={seen} present={present} outdated={outdated} onLookAgain={lookAgain}>
          What you filled in is kept.
        </MeanwhileNote>
        <Outlook action={action} experiment={seen} rehearsal={rehearsal} outdated={outdated} />
        <DialogEnd problem={isConflict(problem) ? null : problem} onCancel={onClose}>
          <button
            class="primary"
            aria-disabled={rehearsal.state !== 'known' || outdated || busy}
            aria-busy={busy}
          >
            {name}
          </button>
        </DialogEnd>
      </form>
    </Modal>
  );
}
