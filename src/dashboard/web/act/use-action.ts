import { useState } from 'preact/hooks';
import type { ExperimentView } from '../api/contract.js';
import type { Problem } from '../api/request.js';
import type { Action } from './action.js';
import { requestOf } from './action-request.js';
import { carryOut, readExperiment } from './carry-out.js';
import { problemIn } from './send.js';
import { useRehearsal, type Rehearsal } from './use-rehearsal.js';
import { firstWish, type Wish } from './wish.js';

/** An action on its way: what was filled in, what it would do, and what the server said to it. */
export interface Undertaking {
  /** The experiment as the reader decides on it. */
  readonly seen: ExperimentView;
  /** As it has become meanwhile. */
  readonly present: ExperimentView;
  readonly wish: Wish;
  readonly rehearsal: Rehearsal;
  /** Why it could not be done; null where it was not tried, or tried no more. */
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly fill: (changed: Partial<Wish>) => void;
  /** Decides on the experiment as it is by now. */
  readonly goOn: () => void;
  /** Does it, once the server has said what it would do. */
  readonly confirm: () => Promise<void>;
}

/** @param onDone called once it is done; where it is refused all that was filled in stays */
export function useAction(action: Action, experiment: ExperimentView, onDone: () => void): Undertaking {
  const [seen, setSeen] = useState(experiment);
  const [fresh, setFresh] = useState(experiment);
  const [wish, setWish] = useState(() => firstWish(experiment));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const wanted = requestOf(action, seen, wish);
  const rehearsal = useRehearsal(wanted, seen.version);
  const present = fresh.version > experiment.version ? fresh : experiment;
  const confirm = async () => {
    if (rehearsal.state !== 'known' || busy) return;
    setBusy(true);
    try {
      await carryOut(action, seen, wanted, seen.version);
      onDone();
    } catch (error) {
      setProblem(problemIn(error));
      setBusy(false);
      await readExperiment(seen.key).then(setFresh, () => {});
    }
  };
  const fill = (changed: Partial<Wish>) => {
    setProblem(null);
    setWish((old) => ({ ...old, ...changed }));
  };
  const goOn = () => {
    setProblem(null);
    setSeen(present);
  };
  return { seen, present, wish, rehearsal, problem, busy, fill, goOn, confirm };
}
