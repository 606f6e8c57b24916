import type { SearchRecord } from './search-record.ts';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
const decoded = (text: string): string =>
  text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, digits: string) => String.fromCodePoint(Number.parseInt(digits, hex === '' ? 10 : 16)))
    .replace(/&([a-z]+);/g, (entity, name: string) => entities[name] ?? entity);
const words = (html: string): string => decoded(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`).exec(tag);
  return value ? decoded(value[1] ?? value[2] ?? value[3] ?? '') : undefined;
};

/**
 * An overview page as a record: its heading, its description and its lower headings. Lists and tables stay out, since what they name has pages of its
 * own. Undefined for a page that doesn't ask to be found, which one does by `data-pagefind-body` on its `main`.
 */
export function pageRecord(html: string, path: string): SearchRecord | undefined {
  const main = /<main\b[^>]*>/.exec(html)?.[0];
  if (main === undefined || !/\sdata-pagefind-body[\s=>]/.test(main)) return undefined;
  const described = [...html.matchAll(/<meta\b[^>]*>/g)].map(([tag]) => tag).find((tag) => attribute(tag, 'name') === 'description');
  const headings = [...html.matchAll(/<(h[1-3])\b[^>]*>([\s\S]*?)<\/\1>/g)].map(([, , inside]) => words(inside ?? ''));
  const [title, ...lower] = headings;
  return {
    path,
    kind: 'page',
    title: title ?? words(/<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? path),
    aliases: [],
    terms: [],
    classed: [],
    authors: [],
    source: '',
    summary: (described && attribute(described, 'content')) ?? '',
    text: lower.length > 0 ? `${lower.join('. ')}.` : '',
  };
}
