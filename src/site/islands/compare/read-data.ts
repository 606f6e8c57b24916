import type { ComparedEntry, ComparedNames } from './compared-entry.ts';

/** What the site holds for the comparison; undefined where it can't be had. Everything is fetched once. */
export interface CompareData {
  names(): Promise<ComparedNames | undefined>;
  entry(id: string): Promise<ComparedEntry | undefined>;
}

/** Reads from the files below an address that ends with a slash. */
export function readData(folder: string): CompareData {
  const fetched = new Map<string, Promise<unknown>>();
  function once<T>(name: string): Promise<T | undefined> {
    const known = fetched.get(name) ?? readJson(`${folder}${name}.json`);
    fetched.set(name, known);
    // What failed may be there when it is asked for again.
    void known.then((read) => read === undefined && fetched.delete(name));
    // The build wrote the file in this form.
    return known as Promise<T | undefined>;
  }
  return { names: () => once('index'), entry: (id) => once(id) };
}

async function readJson(address: string): Promise<unknown> {
  const answer = await fetch(address).catch(() => undefined);
  return answer?.ok ? answer.json().catch(() => undefined) : undefined;
}
