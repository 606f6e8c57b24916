import type { ReadBlock } from '../body.ts';
import { linkAddress, scriptSchemes, withoutEntities } from '../link-address.ts';
import { markdownSpans } from '../markdown-spans.ts';
import { spotOfValue } from '../places.ts';
import type { BodyCheck } from './body-check.ts';
import type { Check } from './check.ts';
import { walkFields } from './walk-fields.ts';

const allowed = 'Markdown without tags, and links that start with https://, ./, ../ or #; what is meant to be seen as it stands goes between backticks';

/** Something that may spell an address which carries a script, whether or not it is a link. */
const suspicious = /script|data\s*:|&#|&[a-z]+;/i;
/** The words of such an address with entities, spaces and control characters between their letters. */
const spelled = /(?:j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e)\s*s\s*c\s*r\s*i\s*p\s*t\s*:(?=\S)|data\s*:\s*(?:text\/html|image\/svg|application\/xhtml|text\/xml)/iu;

/** The block with everything blanked that was looked at already or is literal. */
function remainder({ text, spans }: ReadBlock): string {
  let rest = text;
  for (const { kind, start, end } of spans) {
    if (kind !== 'directive') rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  }
  return rest;
}

/** No tags, comments or other HTML, and no address that could carry a script. */
export const checkSafety: BodyCheck = ({ blocks, placeAt }, _, report) => {
  for (const block of blocks) {
    const { text, start, spans, kind } = block;
    if (kind === 'code' || kind === 'formula') continue;
    for (const span of spans) {
      const found = text.slice(span.start, span.end);
      const isScript = span.kind === 'address' && scriptSchemes.includes(linkAddress(found).scheme ?? '');
      if (span.kind !== 'tag' && !isScript) continue;
      const [line = ''] = found.split('\n');
      report({ rule: 'unsafe-html', place: placeAt(start + span.start), found: line, allowed, fixed: null });
    }
    if (!suspicious.test(text)) continue;
    const rest = remainder(block);
    if (!spelled.test(withoutEntities(rest))) continue;
    const at = Math.max(0, rest.search(/(?:j|&#(?:x0*[46]a|0*(?:74|106));?)(?:a|&#)|v\s*b\s*s|live|data/i));
    const found = /^\S+/.exec(rest.slice(at))?.[0] ?? '';
    report({ rule: 'unsafe-html', place: placeAt(start + at), found, allowed, fixed: null });
  }
};

/** The same for the texts of the front matter, which are never Markdown. */
export const checkFieldSafety: Check = ({ data, front }, report) => {
  walkFields(data, (value, path) => {
    if (typeof value !== 'string' || !(value.includes('<') || suspicious.test(value))) return;
    const tag = markdownSpans(value).find(({ kind }) => kind === 'tag');
    const isScript = spelled.test(withoutEntities(value));
    if (!tag && !isScript) return;
    const { place, source } = spotOfValue(front, path);
    const found = tag ? value.slice(tag.start, tag.end) : source || value;
    const column = place.column + Math.max(0, source.indexOf(found));
    report({ rule: 'unsafe-html', place: { ...place, column }, found, allowed: 'a text without tags and scripts', fixed: null, field: String(path[0]) });
  });
};
