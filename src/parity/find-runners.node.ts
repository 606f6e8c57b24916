import { readdir } from 'node:fs/promises';
import type { Runner } from './types.ts';

/**
 * Every runner by its kind: the file `kinds/<kind>.ts` exports it as `runner`. A file that can't be loaded fails the
 * cases of its kind, not the others.
 */
export async function findRunners(): Promise<ReadonlyMap<string, Runner>> {
  const folder = new URL('./kinds/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  const entries = await Promise.all(
    files.map(async (file): Promise<[string, Runner]> => [
      file.slice(0, -'.ts'.length),
      await load(new URL(file, folder)).catch((error: unknown) => () => Promise.reject(error)),
    ]),
  );
  return new Map(entries);
}

async function load(file: URL): Promise<Runner> {
  const module: { readonly runner?: Runner } = await import(file.href);
  if (!module.runner) throw new Error(`${file.pathname.split('/').slice(-3).join('/')} exports no runner.`);
  return module.runner;
}
