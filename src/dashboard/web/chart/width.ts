import { useEffect, useState } from 'preact/hooks';
import type { RefObject } from 'preact';

/** How wide the element is, in pixels; follows the window. */
export function useWidth(place: RefObject<HTMLElement | null>, first = 640): number {
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (!place.current) return;
    // Hidden it has no width; its drawing keeps the one of before, for who saves it.
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  return width;
}
