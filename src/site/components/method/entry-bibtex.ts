import type { MethodEntry } from '../../../knowledge/index.ts';

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\^{}',
  '~': '\\~{}',
};

/** Text as BibTeX sets it letter by letter. */
function escaped(text: string): string {
  return text.replace(/[\\^~&%$#_{}]/g, (letter) => special[letter] ?? `\\${letter}`);
}

/** How to cite the atlas for what its entry says; the address is left out where the site has none. */
export function entryBibtex(entry: MethodEntry, { version, address }: { readonly version: string; readonly address?: string | undefined }): string {
  return [
    `@misc{atlas-${entry.id},`,
    `  title = {{${escaped(entry.name)}} in the Reprogrammability Atlas},`,
    '  author = {{The Reprogrammability Atlas contributors}},',
    `  year = {${entry.reviewed.slice(0, 4)}},`,
    `  note = {Version ${version}, entry reviewed ${entry.reviewed}},`,
    ...(address === undefined ? [] : [`  url = {${address}},`]),
    '}',
  ].join('\n');
}
