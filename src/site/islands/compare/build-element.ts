type Child = Node | string | undefined | false;

/** An HTML element with attributes and children; text is never read as markup. */
export function buildElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for SVG and MathML. */
export function buildForeign(
  space: 'http://www.w3.org/2000/svg' | 'http://www.w3.org/1998/Math/MathML',
  tag: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): Element {
  return filled(document.createElementNS(space, tag), attributes, children);
}

function filled<E extends Element>(element: E, attributes: Readonly<Record<string, string | undefined>>, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}
