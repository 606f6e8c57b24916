/** A start tag of a page, with its attributes as they were written, names in small letters. */
export interface StartTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The attributes as they stand in the page, for a quick look: a page has thousands of tags, and few are of interest. */
  readonly written: string;
  /** Where the tag starts and where what follows it does. */
  readonly start: number;
  readonly end: number;
}

const comment = String.raw`<!--[\s\S]*?-->`;
const attribute = String.raw`[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>\x60]+))?`;
const tagOf = (name: string): RegExp => new RegExp(`${comment}|<(${name})((?:\\s+${attribute}|\\s*/)*)\\s*>`, 'gi');
const anyTag = tagOf('[a-z][^\\s/>]*');
const one = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

const attributesIn = (written: string): ReadonlyMap<string, string> =>
  new Map([...written.matchAll(one)].map(([, key = '', double, single, bare]) => [key.toLowerCase(), double ?? single ?? bare ?? '']));

/**
 * Every start tag of a page in order, or those of some names, which is much faster; what stands inside scripts, styles and comments
 * isn't read as tags.
 */
export function startTags(html: string, names: readonly string[] = []): readonly StartTag[] {
  const tags: StartTag[] = [];
  // Scripts and styles have to be seen, for what is in them to be passed over.
  const tag = names.length === 0 ? anyTag : tagOf([...new Set([...names, 'script', 'style'])].join('|'));
  tag.lastIndex = 0;
  for (let match = tag.exec(html); match !== null; match = tag.exec(html)) {
    const [whole, name, written = ''] = match;
    if (name === undefined) continue;
    const end = match.index + whole.length;
    let read: ReadonlyMap<string, string> | undefined;
    tags.push({
      name: name.toLowerCase(),
      written,
      get attributes() {
        return (read ??= attributesIn(written));
      },
      start: match.index,
      end,
    });
    if (/^(script|style)$/i.test(name)) {
      const close = html.slice(end).search(new RegExp(`</${name}`, 'i'));
      if (close < 0) break;
      tag.lastIndex = end + close;
    }
  }
  return names.length === 0 ? tags : tags.filter(({ name }) => names.includes(name));
}
