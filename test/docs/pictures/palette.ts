/** Each of these can be read on white and on the dark of a code host alike: at least 4 to 1 on both. */
export const palette = {
  /** Words, axes and whatever is not the point of the picture. */
  ink: '#757b84',
  blue: '#1f7ae0',
  orange: '#c4620f',
  green: '#2b8f4e',
  red: '#d9483f',
  purple: '#8f63d2',
} as const;

export type Colour = (typeof palette)[keyof typeof palette];
