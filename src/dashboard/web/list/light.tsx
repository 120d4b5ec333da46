/** How a light shines; each has a shape and a word of its own beside its colour. */
export type LightState = 'good' | 'unclear' | 'bad' | 'none';

const shapes: Readonly<Record<LightState, string>> = {
  good: 'M2 6.5 5 9.5 10 2.5',
  unclear: 'M6 1.5 11 10.5H1Z',
  bad: 'M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5',
  none: 'M2 6H10',
};

/** A shape, a colour and a word: none of them alone. */
export function Light({ state, children }: { readonly state: LightState; readonly children: string }) {
  return (
    <span class={`light light-${state}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[state]} />
      </svg>
      {children}
    </span>
  );
}
