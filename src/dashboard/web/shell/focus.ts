/**
 * Gives the focus that has no place any more, as when its button went away with what it did, to the first of these that is
 * still shown: else it would begin again at the top of the page.
 */
export function keepFocus(...places: readonly (Element | null | undefined)[]): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const place = places.find(
      (each): each is HTMLElement =>
        each instanceof HTMLElement && each.isConnected && each !== document.body,
    );
    place?.focus({ preventScroll: true });
  });
}
