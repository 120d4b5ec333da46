/** Where a browser keeps texts. */
export interface TextPlace {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}

/**
 * The browser's own place; where that is forbidden, one that forgets everything with the page.
 *
 * @param own reads the place, which throws where a person forbids websites to keep anything
 * @example textPlace(() => localStorage).getItem('assay-theme')
 */
export function textPlace(own: () => TextPlace): TextPlace {
  try {
    return own();
  } catch {
    const texts = new Map<string, string>();
    return {
      getItem: (name) => texts.get(name) ?? null,
      setItem: (name, text) => void texts.set(name, text),
      removeItem: (name) => void texts.delete(name),
    };
  }
}
