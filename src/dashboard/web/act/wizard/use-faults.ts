import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../api/request.js';
import { bodyOf, type DraftBody } from './draft-body.js';
import type { Fault } from './fault.js';
import { shownFaults, type ShownFaults } from './faults-shown.js';
import { same } from './field-text.js';
import { fieldPlaces, focusField } from './focus-field.js';
import { standingFaults, togetherFaults } from './known-faults.js';
import { useCheck, type DraftCheck } from './use-check.js';
import type { DraftState } from './use-draft.js';
import { useRested } from './use-rested.js';

/** What is wrong with the draft as it is by now. */
export interface DraftFaults {
  readonly check: DraftCheck;
  /** What the fields show; what is only missing is not held against anybody before the draft is to be created. */
  readonly found: readonly Fault[];
  /** The same at the fields. */
  readonly shown: ShownFaults;
  /** The same, and what is missing yet. */
  readonly all: ShownFaults;
  /** Why it was not created, as far as that is still so; null where it was not tried, or nothing of it is left. */
  readonly refused: ShownFaults | null;
  readonly refuse: (problem: Problem) => void;
}

interface Refusal {
  readonly problem: Problem;
  readonly body: unknown;
}

/** Refused before it was sent. */
export const unreadable = new Problem(0, 'UNREADABLE', 'Some fields cannot be read yet.');

/** A fault goes once its field changes or the server has nothing against it any more. */
export function useFaults({ form, kept }: Pick<DraftState, 'form' | 'kept'>, draft: DraftBody): DraftFaults {
  const { body, faults } = draft;
  const rested = bodyOf(useRested(form)).unreadable;
  const check = useCheck(draft);
  const places = usePlaces();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const own = refusal
    ? faults
    : draft.unreadable.filter((fault) => rested.some((known) => same(known, fault)));
  const served = servedFaults(check, refusal, body);
  const found = togetherFaults(own, served, faults);
  const at = (known: readonly Fault[], problem = unreadable) =>
    shownFaults(new Problem(problem.status, problem.code, problem.message, known), places);
  const shown = at(found, refusal?.problem);
  const isLeft = refusal !== null && (found.length > 0 || isWhole(refusal, body));
  useEffect(() => {
    // What was discarded is refused no more.
    if (!kept) setRefusal(null);
  }, [kept]);
  useEffect(() => {
    if (check.taken !== null && faults.length === 0) setRefusal(null);
  }, [check.taken, faults.length]);
  useEffect(() => {
    const [first] = shown.problem.faults;
    if (refusal && first) focusField(first.pointer);
  }, [refusal]);
  return {
    check,
    found,
    shown,
    all: at(togetherFaults(faults, served)),
    refused: isLeft ? shown : null,
    refuse: (problem) => setRefusal({ problem, body }),
  };
}

/** Of the last try and the last refusal what is still so. */
function servedFaults(check: DraftCheck, refusal: Refusal | null, body: unknown): Fault[] {
  const tried = standingFaults(check.faults, check.body, body);
  const isOver = refusal === null || (!check.asking && !same(refusal.body, body));
  const said = isOver ? [] : standingFaults(refusal.problem.faults, refusal.body, body);
  return [...tried, ...said.filter((fault) => !tried.some((known) => same(known, fault)))];
}

/** Whether the draft was refused as a whole, and is still the same. */
function isWhole({ problem, body: then }: Refusal, now: unknown): boolean {
  return problem !== unreadable && problem.faults.length === 0 && same(then, now);
}

/** Pointers of the fields that are shown. */
function usePlaces(): readonly string[] {
  const [places, setPlaces] = useState<readonly string[]>([]);
  useEffect(() => {
    const present = fieldPlaces('form.draft');
    if (!same(present, places)) setPlaces(present);
  });
  return places;
}
