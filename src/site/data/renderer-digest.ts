import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Digest of everything that turns Markdown into HTML: our own code for it, and the packages of the lockfile. */
export function rendererDigest(): string {
  const folder = join(process.cwd(), 'src', 'site', 'markdown');
  const sources = [...readdirSync(folder).toSorted().map((file) => join(folder, file)), join(process.cwd(), 'package-lock.json')];
  const digest = createHash('sha256');
  for (const file of sources) digest.update(readFileSync(file)).update('\0');
  return digest.digest('hex');
}
