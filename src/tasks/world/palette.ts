/** Red, green and blue in [0, 1]. */
export type Colour = readonly [number, number, number];

/** The eight colours of the generated world. Their order is the order of classes: append only. */
export const palette: readonly { readonly name: string; readonly colour: Colour }[] = [
  { name: 'red', colour: [0.9, 0.15, 0.15] },
  { name: 'green', colour: [0.15, 0.75, 0.2] },
  { name: 'blue', colour: [0.2, 0.3, 0.95] },
  { name: 'yellow', colour: [0.95, 0.9, 0.2] },
  { name: 'purple', colour: [0.6, 0.2, 0.8] },
  { name: 'orange', colour: [0.98, 0.55, 0.1] },
  { name: 'cyan', colour: [0.2, 0.85, 0.9] },
  { name: 'white', colour: [0.95, 0.95, 0.95] },
];
