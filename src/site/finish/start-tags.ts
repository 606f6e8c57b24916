/** A start tag of a page, with its attributes as they were written, names in small letters. */
export interface StartTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Where the tag starts and where what follows it does. */
  readonly start: number;
  readonly end: number;
}

const comment = String.raw`<!--[\s\S]*?-->`;
const attribute = String.raw`[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>\x60]+))?`;
const tag = new RegExp(`${comment}|<([a-z][^\\s/>]*)((?:\\s+${attribute}|\\s*/)*)\\s*>`, 'gi');
const one = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Every start tag of a page in order; what stands inside scripts, styles and comments isn't read as tags. */
export function startTags(html: string): readonly StartTag[] {
  const tags: StartTag[] = [];
  tag.lastIndex = 0;
  for (let match = tag.exec(html); match !== null; match = tag.exec(html)) {
    const [whole, name, written = ''] = match;
    if (name === undefined) continue;
    const attributes = new Map(
      [...written.matchAll(one)].map(([, key = '', double, single, bare]) => [key.toLowerCase(), double ?? single ?? bare ?? '']),
    );
    const end = match.index + whole.length;
    tags.push({ name: name.toLowerCase(), attributes, start: match.index, end });
    if (/^(script|style)$/i.test(name)) {
      const close = html.slice(end).search(new RegExp(`</${name}`, 'i'));
      if (close < 0) break;
      tag.lastIndex = end + close;
    }
  }
  return tags;
}
