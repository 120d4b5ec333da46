/** How a variant looks everywhere: a colour that the colour-blind tell apart, and a dash and a texture for those who see none. */
export interface VariantStyle {
  /** CSS class that sets `--variant`. */
  readonly name: string;
  /** `stroke-dasharray` of its lines. */
  readonly dash: string;
  /** Address of the texture that fills its areas, see {@link Textures}. */
  readonly texture: string;
}

/** Of Okabe and Ito's palette, "Color Universal Design" (2008), darkened or lightened per theme in `chart.css`. */
const count = 8;
const dashes = ['none', '6 3', '2 3', '8 3 2 3', '10 4', '4 2', '1 4', '12 3 3 3'];

/**
 * @param place of the variant in the experiment; the control, which is first as a rule, is the calm grey-blue
 */
export function variantStyle(place: number): VariantStyle {
  const index = place % count;
  return { name: `variant-${index}`, dash: dashes[index] ?? 'none', texture: `url(#texture-${index})` };
}
