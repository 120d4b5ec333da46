import type { ExperimentView } from '../api/contract.js';
import type { Wish } from './wish.js';

/** What the form of every action is given. */
export interface FormProps {
  readonly experiment: ExperimentView;
  readonly wish: Wish;
  /** Takes over what was filled in anew. */
  readonly onChange: (changed: Partial<Wish>) => void;
}
