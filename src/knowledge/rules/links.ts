import { entrySchemas } from '../entry.ts';
import type { EntryKind } from '../entry.ts';
import type { Known } from '../known.ts';
import { linkAddress, scriptSchemes } from '../link-address.ts';
import type { BodyCheck } from './body-check.ts';

const isKind = (name: string | undefined): name is EntryKind => name !== undefined && Object.hasOwn(entrySchemas, name);

/** The page at which a path ends that starts on the page of an entry; undefined outside the site. */
function pageAt(path: string, kind: EntryKind, id: string): readonly string[] | undefined {
  const page: string[] = [kind, id];
  for (const part of path.split('/')) {
    if (part === '..' && page.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') page.push(part);
  }
  return page;
}

/** The id that a last part such as `beta.md` names. */
const idIn = (part: string | undefined): string => (part ?? '').replace(/\.(md|html?)$/, '');

/** The path that leads from the page of an entry of `kind` to another entry. */
const pathTo = (kind: EntryKind, other: EntryKind, id: string): string => (kind === other ? `../${id}/` : `../../${other}/${id}/`);

/** The entry that a path may mean, wherever it leads. */
function entryMeant(path: string, kind: EntryKind, { ids }: Known): readonly [EntryKind, string] | undefined {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const id = idIn(parts.at(-1));
  const folder = parts.at(-2);
  const kinds: readonly EntryKind[] = isKind(folder) ? [folder] : [kind, ...(Object.keys(entrySchemas) as EntryKind[])];
  const exact = kinds.find((each) => ids[each].has(id));
  if (exact) return [exact, id];
  const [first = kind] = kinds;
  const near = ids[first].nearest(id);
  return near === undefined ? undefined : [first, near];
}

/** Links lead to https:// or, with a dot, to pages of the atlas; those to entries, to entries that exist. */
export const checkLinks: BodyCheck = ({ blocks, placeAt }, { kind, stem }, report, known) => {
  for (const { text, start, spans } of blocks) {
    for (const span of spans) {
      if (span.kind !== 'address' || !span.isLink) continue;
      const found = text.slice(span.start, span.end);
      const { text: address, scheme } = linkAddress(found);
      if (scheme !== undefined && scriptSchemes.includes(scheme)) continue;
      const path = address.replace(/[?#].*$/s, '');
      const tail = address.slice(path.length);
      const better = (): string | undefined => {
        const meant = scheme === undefined && path !== '' ? entryMeant(path, kind, known) : undefined;
        return meant && pathTo(kind, ...meant) + tail;
      };
      if (scheme === 'https' && URL.canParse(address)) continue;
      if (scheme !== undefined || address.startsWith('//') || !/^(?:\.{1,2}\/|#)/.test(address)) {
        const secure = scheme === 'http' ? address.replace(/^http:/i, 'https:') : address.startsWith('//') ? `https:${address}` : undefined;
        const www = /^www\./.test(address) ? `https://${address}` : undefined;
        const allowed = 'an address that starts with https://, a path within the atlas that starts with ../ or ./, or #heading';
        report({ rule: 'malformed-address', place: placeAt(start + span.start), found, allowed, suggestion: secure ?? www ?? better() });
        continue;
      }
      if (path === '') continue;
      const page = pageAt(path, kind, stem);
      const [folder, id, ...deeper] = page ?? [];
      if (page && !isKind(folder)) continue;
      if (page && (id === undefined || (isKind(folder) && known.ids[folder].has(id) && deeper.length === 0)) && path.endsWith('/')) continue;
      const allowed = 'the page of an entry, with a slash at the end: ../other-id/ for one of the same kind, ../../concepts/other-id/ for one of another';
      report({ rule: 'dead-link', place: placeAt(start + span.start), found, allowed, suggestion: better() });
    }
  }
};
