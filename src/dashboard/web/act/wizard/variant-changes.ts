import type { DraftForm, VariantForm } from './draft-form.js';

/** Adds a variant like the control, so that one thing can be changed in it. */
export function withVariant(form: DraftForm): DraftForm {
  const { variants, controlPlace } = form;
  const id = Math.max(-1, ...variants.map((variant) => variant.id)) + 1;
  const config = variants[controlPlace]?.config ?? variants[0]?.config;
  if (!config) return form;
  const added: VariantForm = { id, key: freeKey(variants), name: '', weight: '', promptVersion: '', config };
  return { ...form, variants: [...variants, added] };
}

/** Without the variant at that place; the control stays who it was, or becomes the first. */
export function withoutVariant(form: DraftForm, place: number): DraftForm {
  const { controlPlace } = form;
  const variants = form.variants.filter((_, other) => other !== place);
  const moved = place < controlPlace ? controlPlace - 1 : controlPlace === place ? 0 : controlPlace;
  return { ...form, variants, controlPlace: moved };
}

function freeKey(variants: readonly VariantForm[]): string {
  const taken = new Set(variants.map(({ key }) => key));
  const numbers = Array.from({ length: variants.length + 2 }, (_, place) => `treatment_${place + 1}`);
  return numbers.find((key, place) => place > 0 && !taken.has(key)) ?? '';
}
