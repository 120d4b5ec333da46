import { useEffect, useState } from 'preact/hooks';
import type { ExperimentView } from '../../api/contract.js';
import { problemIn } from '../send.js';
import { request, type Problem } from '../../api/request.js';
import type { DraftEditor } from './draft-context.js';
import { emptyForm, type DraftForm } from './draft-form.js';
import { formFrom } from './draft-from.js';
import { discardDraft, keepDraft, keptDraft } from './draft-keeping.js';
import { visible } from '../../format/visible.js';
import { typedTexts } from '../../shell/kept-texts.js';

/** The draft being typed. */
export interface DraftState extends DraftEditor {
  /** Null while the experiment to begin with is read. */
  readonly ready: boolean;
  /** Whether it was found where it had been kept. */
  readonly restored: boolean;
  /** Why the experiment to begin with could not be read, in a sentence; null where it was. */
  readonly problem: string | null;
  /** Whether anything is kept. */
  readonly kept: boolean;
  /** Throws away what was typed and begins anew. */
  readonly discard: () => void;
  /** Keeps it no longer, as it is on the server; what is shown stays. */
  readonly forget: () => void;
}

interface Typed {
  readonly form: DraftForm;
  readonly restored: boolean;
  readonly kept: boolean;
}

/**
 * A draft that outlives a reload and a wrong turn: every change is kept in this tab until it is created or discarded.
 *
 * @param from key of the experiment to begin with; null begins with nothing
 */
export function useDraft(from: string | null): DraftState {
  const [typed, setTyped] = useState<Typed | null>(() => restore(from));
  const [problem, setProblem] = useState<string | null>(null);
  const begin = () => {
    if (from === null) return setTyped({ form: emptyForm, restored: false, kept: false });
    setTyped(null);
    request<ExperimentView>('GET', `v1/experiments/${encodeURIComponent(from)}`).then(
      (experiment) => setTyped({ form: formFrom(experiment), restored: false, kept: false }),
      (error: unknown) => {
        setProblem(startWords(problemIn(error), from));
        setTyped({ form: emptyForm, restored: false, kept: false });
      },
    );
  };
  useEffect(() => {
    if (typed === null) begin();
  }, []);
  const change: DraftEditor['change'] = (edit) =>
    setTyped((old) => {
      if (old === null) return old;
      const form = edit(old.form);
      keepDraft(typedTexts, from, form);
      return { ...old, form, kept: true };
    });
  const discard = () => {
    discardDraft(typedTexts, from);
    begin();
  };
  return {
    form: typed?.form ?? emptyForm,
    ready: typed !== null,
    restored: typed?.restored ?? false,
    kept: typed?.kept ?? false,
    problem,
    change,
    discard,
    forget: () => discardDraft(typedTexts, from),
  };
}

function startWords({ code, message }: Problem, from: string): string {
  return code === 'EXPERIMENT_NOT_FOUND'
    ? `There is no experiment “${visible(from)}”. Start from an empty draft.`
    : `The experiment to begin with cannot be read. ${message}`;
}

function restore(from: string | null): Typed | null {
  const kept = keptDraft(typedTexts, from);
  return kept && { form: kept, restored: true, kept: true };
}
