import type { ExperimentView } from '../api/contract.js';
import { actionWords, type Action } from './action.js';
import { offers } from './legal-actions.js';
import { Modal } from './modal.js';
import { visible } from '../format/visible.js';

export interface AllActionsProps {
  readonly experiment: ExperimentView;
  readonly onChoose: (action: Action) => void;
  readonly onClose: () => void;
}

/** Everything that can be done now, and why the rest cannot. */
export function AllActionsDialog({ experiment, onChoose, onClose }: AllActionsProps) {
  const offered = offers(experiment);
  const legal = offered.filter(({ refusal }) => refusal === null);
  const others = offered.filter(({ refusal }) => refusal !== null);
  return (
    <Modal title={`What can be done with ${visible(experiment.name)}`} onClose={onClose}>
      <ul class="offers">
        {legal.map(({ action }) => (
          <li key={action}>
            <button class={action === 'kill' ? 'danger' : undefined} onClick={() => onChoose(action)}>
              {actionWords[action].name}
            </button>
            <span>{actionWords[action].purpose}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary>Not now, and why</summary>
        <dl class="refusals">
          {others.map(({ action, refusal }) => (
            <div key={action}>
              <dt>{actionWords[action].name}</dt>
              <dd>{refusal}</dd>
            </div>
          ))}
        </dl>
      </details>
      <p class="buttons">
        <button onClick={onClose}>Close</button>
      </p>
    </Modal>
  );
}
