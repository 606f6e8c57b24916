import type { HTMLElement } from 'node-html-parser';
import { placeOf } from './page-check.ts';
import type { MakeCheck } from './page-check.ts';
import { nearestOf } from './nearest-of.ts';

const isForeign = (target: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('//');

/** Where each element names a place; in a drawing any may do so by `xlink:href`. */
const linking: Readonly<Record<string, string>> = { A: 'href', AREA: 'href', LINK: 'href', IMG: 'src', SCRIPT: 'src', SOURCE: 'src', FORM: 'action', IFRAME: 'src', USE: 'href' };

/** What a page says about itself by a whole address. */
const selfDescribing: readonly string[] = ['og:image', 'og:url', 'twitter:image'];

function targetsOf(element: HTMLElement): readonly string[] {
  const { tagName } = element;
  if (tagName === 'META') {
    const name = element.getAttribute('property') ?? element.getAttribute('name') ?? '';
    return selfDescribing.includes(name) ? [element.getAttribute('content') ?? ''] : [];
  }
  return [linking[tagName], 'xlink:href'].flatMap((name) => (name === undefined ? [] : (element.getAttribute(name) ?? [])));
}

/** Internal links lead to files that exist and fragments to ids that do. */
export const links: MakeCheck = ({ base, siteUrl, files }) => {
  const ids = new Map<string, ReadonlySet<string>>();
  const fragments: { readonly from: string; readonly target: string; readonly path: string; readonly id: string }[] = [];
  const known = new Map<string, string>();
  let count = 0;

  /** The file that a path of the site is answered with; empty when there is none. */
  function fileAt(path: string): string {
    const answered = known.get(path);
    if (answered !== undefined) return answered;
    const decoded = decodeURIComponent(path).slice(base.length);
    const name = decoded === '' || decoded.endsWith('/') ? `${decoded}index.html` : decoded;
    const found = path.startsWith(base) && files.has(name) ? name : '';
    known.set(path, found);
    return found;
  }

  return {
    promise: 'no internal link and no fragment leads nowhere',
    what: 'internal links and fragments',
    floor: (pages) => pages * 8,
    *see({ address, elements }) {
      const own = address.endsWith('/') ? `${address.slice(1)}index.html` : address.slice(1);
      ids.set(own, new Set(elements.flatMap((element) => (element.id ? [element.id] : []))));
      for (const element of elements) {
        for (const named of targetsOf(element)) {
          const target = siteUrl !== '' && named.startsWith(`${siteUrl}/`) ? named.slice(siteUrl.length) : named;
          if (isForeign(target)) continue;
          count += 1;
          const { pathname, hash } = new URL(target, `https://atlas.invalid${base}${address.slice(1)}`);
          const file = fileAt(pathname);
          if (file === '') {
            yield `${placeOf(element)} links to ${target}: ${pathname.startsWith(base) ? 'there is no such file' : `that leaves ${base}`}`;
          } else if (hash.length > 1) {
            count += 1;
            fragments.push({ from: address, target, path: file, id: decodeURIComponent(hash.slice(1)) });
          }
        }
      }
    },
    *finish() {
      for (const { from, target, path, id } of fragments) {
        const there = ids.get(path);
        if (there?.has(id)) continue;
        const names = [...(there ?? [])];
        yield `${from} links to ${target}: /${path} has no "${id}"; ${names.length === 0 ? 'it has no id at all' : `it has ${nearestOf(id, names).join(', ')}`}`;
      }
    },
    examined: () => count,
  };
};
