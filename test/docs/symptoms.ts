/** The reference article's symptoms, in its order, as the page heads them. */
export const symptoms = {
  variants: 'Users see different variants',
  memory: 'Redis runs out of memory',
  addition: 'Results change when a variant is added',
  significance: 'Significance comes and goes',
  errors: 'Errors hit one variant more',
} as const;
