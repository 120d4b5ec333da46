import type { ComponentChildren } from 'preact';

export interface StepProps {
  readonly id: string;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly lead: string;
  readonly children: ComponentChildren;
}

/** One part of the draft. */
export function Step({ id, title, lead, children }: StepProps) {
  return (
    <section id={`step-${id}`} class="card step" aria-labelledby={`step-${id}-title`}>
      <h2 id={`step-${id}-title`} tabIndex={-1}>
        {title}
      </h2>
      <p class="hint">{lead}</p>
      {children}
    </section>
  );
}
