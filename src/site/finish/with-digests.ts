/** A file as it was written. */
export interface WrittenFile {
  readonly bytes: number;
  /** SHA-256 in hexadecimal digits. */
  readonly digest: string;
}

/** Fills the empty elements of a page that ask for a file's size or digest; those of files that aren't there stay empty. */
export function withDigests(html: string, files: ReadonlyMap<string, WrittenFile>): string {
  return html.replace(/(<[a-z]+\b[^<>]*\bdata-(size|digest)-of="([^"]*)"[^<>]*>)(?=<\/)/g, (whole, tag: string, what: string, path: string) => {
    const file = files.get(path);
    if (file === undefined) return whole;
    return tag + (what === 'size' ? file.bytes.toLocaleString('en') : file.digest);
  });
}
