/** Where a browser keeps texts. */
export interface TextPlace {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}

/** One whose names can be gone through. */
export interface ListedPlace extends TextPlace {
  readonly length: number;
  key(index: number): string | null;
}

/**
 * The browser's own place; where that is forbidden, one that forgets everything with the page.
 *
 * @param own reads the place, which throws where a person forbids websites to keep anything
 * @example textPlace(() => localStorage).getItem('assay-theme')
 */
export function textPlace(own: () => ListedPlace): ListedPlace {
  try {
    return own();
  } catch {
    const texts = new Map<string, string>();
    return {
      getItem: (name) => texts.get(name) ?? null,
      setItem: (name, text) => void texts.set(name, text),
      removeItem: (name) => void texts.delete(name),
      key: (index) => [...texts.keys()][index] ?? null,
      get length() {
        return texts.size;
      },
    };
  }
}

/** What a reader typed; it ends with the tab, or when they sign out while that is open. */
export const typedTexts = textPlace(() => sessionStorage);

/** Takes all of the page's texts out of a place; others of the same address have theirs there. */
export function forgetTexts(place: ListedPlace): void {
  const names = Array.from({ length: place.length }, (_, index) => place.key(index) ?? '');
  for (const name of names.filter((each) => each.startsWith('assay-'))) place.removeItem(name);
}
