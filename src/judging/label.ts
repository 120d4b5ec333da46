import type { JudgedMessage } from './judge-prompt.js';

/** An answer for a person to label, blind: nothing says which variant gave it, or what the judge said. */
export interface LabelTask {
  readonly generation: string;
  readonly messages: readonly JudgedMessage[];
  readonly answer: string;
}

/** What a person said of an answer. */
export interface Label {
  readonly generation: string;
  readonly value: number;
  /** Who said so. */
  readonly by: string;
}

/** The judgement that a label is about. */
export interface LabelledJudgement {
  readonly experimentId: number;
  readonly unit: string;
  readonly phase: number;
  readonly interaction: string;
  readonly at: Date;
}

/** A score beside people's labels of the same answer, of which the mean counts. */
export interface LabelledScore {
  readonly unit: string;
  readonly variant: string;
  readonly at: Date;
  readonly judge: number;
  readonly label: number;
}
