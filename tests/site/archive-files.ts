import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

/** The folder that the archive unpacks into. */
export const archiveFolder = 'reprogrammability-atlas/';

/** The files of a built site's offline archive, by their paths in it, in order; and the size of the zip. */
export function readArchive(site: string): { readonly files: ReadonlyMap<string, Uint8Array>; readonly bytes: number } {
  const zip = readFileSync(join(site, 'data', 'v1', 'atlas-offline.zip'));
  return { files: new Map(Object.entries(unzipSync(zip))), bytes: zip.length };
}
