import { startTags } from '../../src/site/index.node.ts';
import type { StartTag } from '../../src/site/index.node.ts';

/** What the pages of the archive need to know of the site that they come from. */
export interface OfflineSite {
  /** Path under which the site stands, with slashes at both ends. */
  readonly base: string;
  /** The site's own address; empty where it isn't known. */
  readonly siteUrl: string;
  /** Paths of the files that the archive holds. */
  readonly holds: (path: string) => boolean;
}

/** Only for readers on the web: other forms of the page, and how links to it look. */
function isForTheWeb(tag: StartTag): boolean {
  if (tag.name !== 'link' && tag.name !== 'meta') return false;
  const { name, attributes } = tag;
  if (name === 'link') return /^(alternate|canonical|modulepreload|preload|manifest)$/.test(attributes.get('rel') ?? '');
  return /^(og:|twitter:|description$|referrer$)/.test(attributes.get('property') ?? attributes.get('name') ?? '') || attributes.get('http-equiv') === 'Content-Security-Policy';
}

/** Where an element ends, given its start tag: after its own closing tag, past those of elements of its name inside. */
function endOf(html: string, { name, end }: StartTag): number {
  const tags = new RegExp(`<(/?)${name}\\b`, 'gi');
  tags.lastIndex = end;
  let depth = 1;
  for (let match = tags.exec(html); match !== null; match = tags.exec(html)) {
    depth += match[1] === '/' ? -1 : 1;
    if (depth === 0) return html.indexOf('>', match.index) + 1;
  }
  return html.length;
}

const isSearch = (tag: StartTag): boolean => tag.written.includes('data-search') && tag.attributes.has('data-search');

/** The masthead's search as a page has it; undefined where it has none. It stands once in the archive, in `offline/start.js`. */
export function searchMarkup(html: string): string | undefined {
  const tag = startTags(html).find(isSearch);
  return tag && html.slice(tag.start, endOf(html, tag));
}

/** Scripts and styles come from the same disk, nothing runs that stands in a page itself, and nothing may be asked for anything. */
const policy = "default-src 'none'; script-src file:; style-src file:; img-src file: data:; form-action file:; base-uri 'none'";

/** Lists by facet are states of the catalogue's page, whose facets work from disk: `methods/by/family/mr/` is `methods/?family=mr`. */
function catalogueState(path: string): { readonly path: string; readonly search: string } {
  const steps = path.slice('methods/by/'.length).split('/').filter((step) => step !== '');
  const chosen = steps.flatMap((step, i) => (i % 2 === 1 ? [`${steps[i - 1] ?? ''}=${step}`] : []));
  return { path: 'methods/', search: chosen.length === 0 || steps[0] === 'initial' ? '' : `?${chosen.join('&')}` };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const plain = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&#38;', '&').replaceAll('&amp;', '&');

/** The way from one path of the site to another: `methods/vp/` to `about/` is `../../about/index.html`. */
function wayTo(from: string, to: string): string {
  const up = '../'.repeat(from.split('/').length - 1);
  const file = to === '' || to.endsWith('/') ? `${to}index.html` : to;
  return up + file;
}

/** Attributes that hold an address, and how they are written. */
const addressed = ['href', 'src', 'action', 'xlink:href'].map((name) => ({ name, form: new RegExp(`(\\s)${name}=(?:"[^"]*"|'[^']*'|[^\\s>]+)`) }));

/** Where addresses of the site lead in its archive: to a file of it, to the web, or nowhere. */
interface Atlas {
  readonly placeAt: (to: URL) => Place | string | undefined;
  /** The same for an address from the host's root, which stands on many pages. */
  readonly placeOf: (address: string) => Place | string | undefined;
}

interface Place {
  readonly path: string;
  /** Query and fragment. */
  readonly rest: string;
}

function atlasOf({ base, siteUrl, holds }: OfflineSite): Atlas {
  const known = new Map<string, Place | string | undefined>();
  function placeAt(to: URL): Place | string | undefined {
    if (!to.pathname.startsWith(base)) return undefined;
    const asked = decodeURIComponent(to.pathname.slice(base.length));
    const { path, search } = asked.startsWith('methods/by/') ? catalogueState(asked) : { path: asked, search: to.search };
    if (holds(path === '' || path.endsWith('/') ? `${path}index.html` : path)) return { path, rest: search + to.hash };
    return siteUrl === '' ? undefined : new URL(to.pathname + to.search + to.hash, siteUrl).href;
  }
  return {
    placeAt,
    placeOf(address) {
      if (!known.has(address)) known.set(address, placeAt(new URL(address, 'https://atlas.invalid')));
      return known.get(address);
    },
  };
}

function pageOf(html: string, path: string, { base }: OfflineSite, { placeAt, placeOf }: Atlas): string {
  const root = '../'.repeat(path.split('/').length - 1);
  const here = new URL(base + path, 'https://atlas.invalid');

  /** The address as it stands in the archive; undefined where it leads nowhere. */
  function offline(address: string): string | undefined {
    if (/^(#|[a-z][a-z0-9+.-]*:)/i.test(address)) return address;
    const place = address.startsWith('/') ? placeOf(address) : placeAt(new URL(address, here));
    return typeof place === 'object' ? wayTo(path, place.path) + place.rest : place;
  }

  function rewritten(tag: StartTag): string {
    const written = html.slice(tag.start, tag.end);
    if (isForTheWeb(tag)) return '';
    if (tag.name === 'html') return written.replace(/(\sdata-base=)(?:"[^"]*"|\S+?)(?=[\s>])/, `$1"${root === '' ? './' : root}" data-offline`);
    if (tag.name === 'script') {
      const source = tag.attributes.get('src');
      if (source === undefined) return written;
      return `<script defer src="${root}offline/${(source.split('/').at(-1) ?? '').replace(/\?.*$/, '')}">`;
    }
    if (!/href|src|action/i.test(written)) return written;
    return addressed.reduce((text, { name, form }) => {
      const value = tag.attributes.get(name);
      if (value === undefined) return text;
      const address = offline(plain(value));
      return text.replace(form, (_, space: string) => (address === undefined ? `${space}data-not-here` : `${space}${name}="${escaped(address)}"`));
    }, written);
  }

  const tags = startTags(html);
  const opening = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script src="${root}offline/start.js"></script>`;
  let out = '';
  let at = 0;
  for (const tag of tags) {
    if (tag.start < at) continue;
    out += html.slice(at, tag.start);
    at = tag.end;
    if (isSearch(tag)) {
      out += '<span data-search-here></span>';
      at = endOf(html, tag);
      continue;
    }
    if (tag.name === 'script' && (tag.attributes.get('type') === 'application/ld+json' || tag.attributes.has('data-scheme'))) {
      at = html.indexOf('</script>', tag.end) + '</script>'.length;
      continue;
    }
    out += rewritten(tag);
    if (tag.name === 'meta' && tag.attributes.has('charset')) out += opening;
  }
  return out + html.slice(at);
}

/**
 * A page of the site as a page that opens from disk: links lead from file to file, modules have become classic scripts of the same
 * names in `offline/`, and what only serves readers on the web is gone; `offline/start.js` puts the search in its place and
 * chooses the reader's scheme. A link to something that the archive doesn't hold leads to the
 * site where its address is known, and else nowhere.
 * @param path the page's path in the site: `methods/vp/`, or with a file's name
 */
export function offlinePage(html: string, path: string, site: OfflineSite): string {
  return pageOf(html, path, site, atlasOf(site));
}

/** The same for many pages of one site, whose links lead to the same places again and again. */
export function offlinePages(site: OfflineSite): (html: string, path: string) => string {
  const atlas = atlasOf(site);
  return (html, path) => pageOf(html, path, site, atlas);
}
