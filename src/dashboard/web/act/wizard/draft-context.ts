import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { changedAt, valueAt } from './draft-change.js';
import { emptyForm, type DraftForm } from './draft-form.js';

/** The draft under way, and how to change it. */
export interface DraftEditor {
  readonly form: DraftForm;
  readonly change: (edit: (form: DraftForm) => DraftForm) => void;
}

export const DraftContext = createContext<DraftEditor>({ form: emptyForm, change: () => {} });

export function useDraftEditor(): DraftEditor {
  return useContext(DraftContext);
}

/** One place of the form: `/variants/0/key`. */
export function useValueAt<T>(at: string): readonly [T, (value: T) => void] {
  const { form, change } = useDraftEditor();
  return [valueAt(form, at) as T, (value) => change((old) => changedAt(old, at, value))];
}
