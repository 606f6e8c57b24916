import { element } from './node.ts';
import type { ElementNode } from './node.ts';

const tag = /<(\/?)([a-z]+)((?:\s+[a-z-]+="[^"<>]*")*)\s*>|([^<]+)/gy;
const attribute = /([a-z-]+)="([^"]*)"/g;

/** Presentation MathML, as far as it only shows. */
const elements: ReadonlySet<string> = new Set([
  'math', 'menclose', 'mfrac', 'mi', 'mn', 'mo', 'mover', 'mpadded', 'mphantom', 'mprescripts', 'mroot', 'mrow', 'ms', 'mspace',
  'msqrt', 'mstyle', 'msub', 'msubsup', 'msup', 'mtable', 'mtd', 'mtext', 'mtr', 'munder', 'munderover', 'none',
]);
const attributes: ReadonlySet<string> = new Set([
  'accent', 'accentunder', 'class', 'columnalign', 'columnlines', 'columnspan', 'depth', 'display', 'displaystyle', 'fence', 'form',
  'height', 'largeop', 'linethickness', 'lspace', 'mathbackground', 'mathcolor', 'mathsize', 'mathvariant', 'maxsize', 'minsize',
  'movablelimits', 'notation', 'rowspan', 'rspace', 'scriptlevel', 'separator', 'stretchy', 'symmetric', 'voffset', 'width',
]);

/** What is kept of inline styles, which the pages' policy forbids: colours as an attribute, lines of a table and frames as classes. */
const styles: readonly (readonly [declaration: RegExp, attribute: string, value: string])[] = [
  [/(?:^|;)color:(#[0-9a-f]{6})/, 'mathcolor', '$1'],
  [/(?:^|;)border:/, 'class', 'framed'],
  [/(?:^|;)border-bottom:/, 'class', 'line-below'],
  [/(?:^|;)border-top:/, 'class', 'line-above'],
  [/(?:^|;)border-left:/, 'class', 'line-left'],
  [/(?:^|;)border-right:/, 'class', 'line-right'],
];

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&amp;': '&' };
const plain = (text: string): string => text.replace(/&(?:lt|gt|quot|amp|#x27);/g, (entity) => entities[entity] ?? entity);

function propertiesOf(written: string): Record<string, string | string[]> {
  const kept: Record<string, string> = {};
  const classes: string[] = [];
  for (const [, name = '', raw = ''] of written.matchAll(attribute)) {
    const value = plain(raw);
    if (name === 'class') classes.push(...value.split(/\s+/));
    else if (attributes.has(name)) kept[name] = value;
    if (name !== 'style') continue;
    for (const [declaration, into, to] of styles) {
      const match = declaration.exec(value);
      if (match && into === 'class') classes.push(to);
      else if (match) kept[into] = to.replace('$1', match[1] ?? '');
    }
  }
  return { ...kept, ...(classes.length > 0 ? { className: classes } : {}) };
}

/**
 * MathML text as a tree, of which only elements and attributes that show a formula remain; it never holds an inline style.
 * @throws {Error} where the text isn't made of tags and characters alone.
 */
export function mathmlTree(text: string): readonly ElementNode[] {
  const root: ElementNode[] = [];
  const open: { readonly name: string; readonly children: ElementNode[] }[] = [{ name: '', children: root }];
  let end = 0;
  for (const match of text.matchAll(tag)) {
    const [whole, closing, name = '', written = '', characters] = match;
    const inner = open.at(-1);
    if (!inner || match.index !== end) break;
    end += whole.length;
    if (characters !== undefined) inner.children.push({ type: 'text', value: plain(characters) });
    else if (closing === '/') {
      if (inner.name !== name) throw new Error(`</${name}> closes <${inner.name}>`);
      open.pop();
    } else {
      if (!elements.has(name)) throw new Error(`<${name}> is no part of a formula`);
      const node = element(name, propertiesOf(written));
      inner.children.push(node);
      open.push({ name, children: node.children });
    }
  }
  if (end !== text.length || open.length !== 1) throw new Error(`this MathML can't be read: ${text.slice(end, end + 80)}`);
  return root;
}
