import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ClaimsError, readClaims } from './claims.ts';
import type { Claim } from './claims.ts';

/**
 * All claims of a folder of YAML files, by file name.
 *
 * @throws ClaimsError naming file and place.
 */
export function readClaimsFolder(folder: string): readonly Claim[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      let value: unknown;
      try {
        value = parse(text);
      } catch (error) {
        throw new ClaimsError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      }
      return readClaims(value, file);
    });
}
