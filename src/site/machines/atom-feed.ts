import { createHash } from 'node:crypto';

/** One entry of a feed. */
export interface FeedEntry {
  /** The page's path, which names it for good: `methods/vp/`. */
  readonly path: string;
  /** Where the page is read, as other hosts reach it if the site's address is known. */
  readonly address: string;
  readonly title: string;
  readonly summary: string;
  /** Day on which the entry was last read against its sources: `2025-06-01`. */
  readonly day: string;
  readonly category: string;
}

/** A feed as a whole, with its own address and that of the page it follows. */
export interface Feed {
  readonly path: string;
  readonly address: string;
  readonly page: string;
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  readonly licence: string;
  readonly entries: readonly FeedEntry[];
}

/** Entries of one feed; older ones are on the pages. */
const most = 500;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text for XML, without the characters that XML can't hold. */
const xml = (text: string): string => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** A name that stays when the site moves to another host: a UUID of version 8 from the path. */
function lastingId(path: string): string {
  const hex = createHash('sha256').update(`reprogrammability-atlas ${path}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const moment = (day: string): string => `${day}T00:00:00Z`;

/** A feed in Atom 1.0 (RFC 4287), latest first, entries of one day by their path; the same text whenever it is built. */
export function atomFeed({ path, address, page, title, subtitle, author, licence, entries }: Feed): string {
  const latest = entries.toSorted((a, b) => b.day.localeCompare(a.day) || a.path.localeCompare(b.path, 'en')).slice(0, most);
  const items = latest.map((entry) => [
    '  <entry>',
    `    <id>${lastingId(entry.path)}</id>`,
    `    <title>${xml(entry.title)}</title>`,
    `    <link rel="alternate" type="text/html" href="${xml(entry.address)}"/>`,
    `    <updated>${moment(entry.day)}</updated>`,
    `    <category term="${xml(entry.category)}"/>`,
    `    <summary>${xml(entry.summary)}</summary>`,
    '  </entry>',
  ]);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `  <id>${lastingId(path)}</id>`,
    `  <title>${xml(title)}</title>`,
    `  <subtitle>${xml(subtitle)}</subtitle>`,
    `  <link rel="self" type="application/atom+xml" href="${xml(address)}"/>`,
    `  <link rel="alternate" type="text/html" href="${xml(page)}"/>`,
    `  <updated>${moment(latest[0]?.day ?? '1970-01-01')}</updated>`,
    `  <author><name>${xml(author)}</name></author>`,
    `  <rights>${xml(licence)}</rights>`,
    ...items.flat(),
    '</feed>',
    '',
  ].join('\n');
}
