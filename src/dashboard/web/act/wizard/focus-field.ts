/** Pointers of the fields in a part of the page, from top to bottom. */
export function fieldPlaces(part: string): string[] {
  const fields = document.querySelectorAll<HTMLElement>(`${part} [data-pointer]`);
  return [...new Set([...fields].map(({ dataset }) => dataset['pointer'] ?? ''))];
}

/** Goes to the field with that pointer. */
export function focusField(pointer: string): void {
  const field = document.querySelector<HTMLElement>(`form.draft [data-pointer="${CSS.escape(pointer)}"]`);
  const control = field?.matches('input, [tabindex]')
    ? field
    : field?.querySelector<HTMLElement>('input, select, textarea');
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
}
