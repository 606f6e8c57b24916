/** The size of a drawing, in its own units. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/**
 * A wave as the path of an SVG drawing, from the left edge of `frame` to the right, ±`peak` at the bottom and top: a line
 * through the values, or, where there are more than two for a unit of width, for each unit the stretch that they fill.
 */
export function wavePath(values: Float32Array, peak: number, { width, height }: Frame): string {
  const y = (value: number): number => tenth(height / 2 - (peak === 0 ? 0 : (value / peak) * (height / 2 - 1)));
  if (values.length <= 2 * width) {
    const step = width / Math.max(1, values.length - 1);
    return Array.from(values, (value, i) => `${i === 0 ? 'M' : 'L'}${tenth(i * step)} ${y(value)}`).join('');
  }
  return Array.from({ length: width }, (_, column) => {
    const from = Math.floor((column * values.length) / width);
    // with the first value of the next stretch, so that both touch
    const stretch = values.subarray(from, Math.floor(((column + 1) * values.length) / width) + 1);
    let [least, most] = [Infinity, -Infinity];
    for (const value of stretch) [least, most] = [Math.min(least, value), Math.max(most, value)];
    return `M${column + 0.5} ${y(most)}V${tenth(Math.max(y(least), y(most) + 0.4))}`;
  }).join('');
}
