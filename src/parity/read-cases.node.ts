import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { readSafetensors } from '../assets/index.ts';
import type { FoundCase } from './run-cases.ts';
import type { OracleCase } from './types.ts';

const schema = z.looseObject({
  id: z.string(),
  kind: z.string(),
  tensors: z.record(z.string(), z.looseObject({ tolerance: z.number().min(0).optional() })).default({}),
});

/**
 * The cases of a folder, by name: every folder in it that has a `case.json`; or the folder itself where it has one.
 * A case that can't be read is returned with the reason. Tolerances are multiplied by `toleranceFactor`.
 */
export function readCases(folder: string, toleranceFactor: number): readonly FoundCase[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  if (isCase(folder)) return [readCase(folder, toleranceFactor)];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter(isCase)
    .map((path) => readCase(path, toleranceFactor));
}

function isCase(path: string): boolean {
  return existsSync(join(path, 'case.json'));
}

function readCase(folder: string, toleranceFactor: number): FoundCase {
  const name = basename(resolve(folder));
  try {
    const json: unknown = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
    const { id, kind, tensors: stated, ...rest } = schema.parse(json);
    const file = join(folder, 'tensors.safetensors');
    const oracle: OracleCase = {
      id,
      kind,
      folder,
      json: { id, kind, tensors: stated, ...rest },
      tensors: existsSync(file) ? readSafetensors(readFileSync(file), `${name}/tensors.safetensors`, { nonFinite: 'keep' }) : new Map(),
      tolerance: (tensor) => {
        const tolerance = stated[tensor]?.tolerance;
        if (tolerance === undefined) throw new Error(`The case states no tolerance for '${tensor}'.`);
        return tolerance * toleranceFactor;
      },
      readFile: (file) => readFileSync(join(folder, file)),
    };
    return { oracle };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { id: name, kind: 'unknown', unreadable: `The case can't be read: ${reason}` };
  }
}
