/** The light half of the colours of a style sheet: name without its dashes → `#rrggbb`. */
export function lightColours(css: string): ReadonlyMap<string, string> {
  return new Map([...css.matchAll(/--([a-z-]+):\s*light-dark\(\s*(#[0-9a-f]{6})/gi)].map(([, name = '', colour = '']) => [name, colour.toLowerCase()]));
}
