import { useEffect, useRef } from 'preact/hooks';
import { hrefOf } from './router.js';

export interface TabsProps {
  readonly base: readonly string[];
  readonly tabs: readonly { readonly path: string; readonly name: string }[];
  readonly chosen: string;
  /** What these are parts of. */
  readonly label?: string;
}

/** Parts of a page, each with an address of its own: links, so that they can be opened and shared. */
export function Tabs({ base, tabs, chosen, label = 'Parts of this experiment' }: TabsProps) {
  const place = useRef<HTMLElement>(null);
  // On a narrow screen the chosen one may lie beyond the edge.
  useEffect(
    () =>
      place.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    [chosen],
  );
  return (
    <nav ref={place} class="tabs" aria-label={label}>
      {tabs.map(({ path, name }) => (
        <a key={path} href={hrefOf([...base, path])} aria-current={path === chosen ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
