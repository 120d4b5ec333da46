import { useEffect, useState } from 'preact/hooks';
import type { ExperimentView } from '../api/contract.js';
import type { Problem } from '../api/request.js';
import type { Action } from './action.js';
import { requestOf } from './action-request.js';
import { carryOut, readExperiment } from './carry-out.js';
import { isConflict, problemIn } from './send.js';
import { unreadableIn } from './unreadable.js';
import { useRehearsal, type Rehearsal } from './use-rehearsal.js';
import { firstWish, type Wish } from './wish.js';

/** An action on its way: what was filled in, what it would do, and what the server said to it. */
export interface Undertaking {
  /** The experiment as the reader decides on it. */
  readonly seen: ExperimentView;
  /** As it has become meanwhile. */
  readonly present: ExperimentView;
  /** Whether it is something else by now than what the reader decides on: nothing is done before they have looked again. */
  readonly outdated: boolean;
  readonly wish: Wish;
  readonly rehearsal: Rehearsal;
  /** Why it could not be done; null where it was not tried, or tried no more. */
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly fill: (changed: Partial<Wish>) => void;
  /** Reads the experiment as it is by now, to decide on that. */
  readonly lookAgain: () => Promise<void>;
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
  /** The version that the server said is over; only another one that is read makes it good. */
  const [conflictedAt, setConflictedAt] = useState<number | null>(null);
  const wanted = requestOf(action, seen, wish);
  const unreadable = unreadableIn(action, wish);
  const asked = useRehearsal(unreadable ? null : wanted, seen.version);
  const rehearsal: Rehearsal = unreadable ? { state: 'refused', problem: unreadable } : asked;
  const present = fresh.version > experiment.version ? fresh : experiment;
  const refused = problem ?? (rehearsal.state === 'refused' ? rehearsal.problem : null);
  const isOver = present.version > seen.version || conflictedAt === seen.version || isConflict(refused);
  // While it is under way what changes is its own doing.
  const outdated = !busy && isOver;
  useEffect(() => {
    if (!isConflict(refused)) return;
    setConflictedAt(seen.version);
    void readExperiment(seen.key).then(setFresh, () => {});
  }, [refused]);
  const confirm = async () => {
    if (rehearsal.state !== 'known' || outdated || busy) return;
    setBusy(true);
    try {
      await carryOut(action, seen, wanted, seen.version);
      onDone();
    } catch (error) {
      setProblem(problemIn(error));
      setBusy(false);
    }
  };
  const fill = (changed: Partial<Wish>) => {
    setProblem(null);
    setWish((old) => ({ ...old, ...changed }));
  };
  const lookAgain = () =>
    readExperiment(seen.key).then(
      (read) => {
        setProblem(null);
        setSeen(read);
      },
      (error: unknown) => setProblem(problemIn(error)),
    );
  return { seen, present, outdated, wish, rehearsal, problem, busy, fill, lookAgain, confirm };
}
