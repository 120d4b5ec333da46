import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { takeArrival } from './arrival.js';

export interface PageHeadingProps {
  /** What the browser calls the page, in its tabs and its history. */
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** The heading of a page. Whoever comes from another page is put here, as a browser does with a page that it loads. */
export function PageHeading({ title, children = title }: PageHeadingProps) {
  const place = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  useEffect(() => {
    if (takeArrival()) place.current?.focus();
  });
  return (
    <h1 ref={place} tabIndex={-1}>
      {children}
    </h1>
  );
}
