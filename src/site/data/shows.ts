import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { folders } from './project.ts';

const file = z.string().regex(/^[a-z0-9-]+\.png$/);

const entry = z.object({
  tower: z.enum(['image', 'text']),
  location: z.enum(['input', 'embedding', 'hidden']),
  /** Counted from 0. */
  block: z.number().optional(),
  what: z.enum(['change', 'texts', 'vectors', 'tokens', 'tokens in place', 'keys and values', 'queries', 'transform']),
  count: z.number().optional(),
  isLearned: z.boolean(),
});
/** Where something enters a model, and what it is. */
export type ShownEntry = z.infer<typeof entry>;

const run = z.object({
  row: z.string(),
  record: z.string(),
  trainedDigest: z.string().nullable(),
  entering: z.array(entry).min(1),
  pictures: z.object({ file, mean: z.number(), largest: z.number(), beyond: z.number() }).optional(),
  texts: z.array(z.array(z.string()).min(1)).min(1).optional(),
  vectors: z
    .object({
      of: z.enum(['all classes', 'each class', 'each picture']),
      template: z.string(),
      place: z.enum(['before', 'around', 'behind']),
      nearest: z.array(z.array(z.object({ word: z.string(), cosine: z.number() })).min(1)).min(1),
    })
    .optional(),
});
/** What a run changes of its input. */
export type ShownRun = z.infer<typeof run>;

const shows = z.object({
  schema: z.literal('shows/1'),
  table: z.string(),
  column: z.string(),
  seed: z.number(),
  className: z.string(),
  pictures: z.object({ file, classes: z.array(z.string()).min(1), rows: z.number(), columns: z.number() }),
  wordsApart: z.number().nullable(),
  runs: z.array(run).min(1),
});
/** What the runs of one column and seed change of the same test pictures and of the texts of one class. */
export type Shows = z.infer<typeof shows>;

/** The folder of a table's shows and their sheets of pictures. */
export const showsFolder = (table: string): string => join(folders.benchmarks, 'shows', table);

function readShows(): ReadonlyMap<string, Shows> {
  const all = join(folders.benchmarks, 'shows');
  const tables = existsSync(all) ? readdirSync(all).filter((table) => existsSync(join(all, table, 'shows.json'))) : [];
  return new Map(
    tables.map((table) => {
      const parsed = shows.safeParse(JSON.parse(readFileSync(join(all, table, 'shows.json'), 'utf8')));
      if (!parsed.success) throw new Error(`benchmarks/shows/${table}/shows.json: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
      return [table, parsed.data];
    }),
  );
}

/** Everything that is shown, by table. */
export const allShows = readShows();

/** What the runs of a table are shown to change; `undefined` where nothing is. */
export const showsOf = (table: string): Shows | undefined => allShows.get(table);

/** The sheets of pictures of some shows, by their file names. */
export const sheetsOf = ({ pictures, runs }: Shows): readonly string[] => [pictures.file, ...runs.flatMap((each) => each.pictures?.file ?? [])];

/** `1`, `1 and 2`, `1 to 4`, `1, 3 and 4`: blocks counted from 1. */
function blocksInWords(blocks: readonly number[]): string {
  const sorted = [...new Set(blocks)].toSorted((a, b) => a - b).map((block) => block + 1);
  const [first = 1, last = first] = [sorted[0], sorted.at(-1)];
  if (sorted.length === 1) return `block ${first}`;
  if (sorted.length > 2 && last - first === sorted.length - 1) return `blocks ${first} to ${last}`;
  return `blocks ${sorted.slice(0, -1).join(', ')} and ${last}`;
}

const many = (count: number | undefined, isLearned: boolean, one: string): string =>
  [...(count === undefined ? [] : [count]), isLearned ? 'learned' : 'fixed', count === 1 ? one : `${one}s`].join(' ');

type Says = (entry: ShownEntry, blocks: string) => string;

const saidOf: Readonly<Record<ShownEntry['what'], Says>> = {
  change: ({ isLearned }) => (isLearned ? 'a learned change of the pixels' : 'something drawn on the picture'),
  texts: () => 'texts of the classes, written by hand',
  vectors: ({ count, isLearned }) => `${many(count, isLearned, 'vector')} among the words of each text`,
  tokens: ({ count, isLearned, tower }) => `${many(count, isLearned, 'token')} beside the ${tower === 'image' ? 'patches' : 'words'}, before the first block`,
  'tokens in place': ({ count, isLearned, tower }, blocks) => `${many(count, isLearned, 'token')} in their place before ${blocks} of the ${tower} tower`,
  'keys and values': ({ count, isLearned, tower }, blocks) => `${many(count, isLearned, 'state')} read as keys and values in ${blocks} of the ${tower} tower`,
  queries: ({ count, isLearned, tower }, blocks) => `${many(count, isLearned, 'query').replace('querys', 'queries')} beside the ${tower} tower’s own in ${blocks}`,
  transform: ({ isLearned, tower }) => `a ${isLearned ? 'learned' : 'fixed'} transformation in the ${tower} tower`,
};

/** What enters where, in words: alike things in several blocks are said once. */
export function enteringInWords(entering: readonly ShownEntry[]): readonly string[] {
  const keyOf = ({ tower, what, location, count, isLearned }: ShownEntry): string => JSON.stringify([tower, what, location, count, isLearned]);
  const keys = [...new Set(entering.map(keyOf))];
  return keys.flatMap((key) => {
    const alike = entering.filter((each) => keyOf(each) === key);
    const [first] = alike;
    return first ? [saidOf[first.what](first, blocksInWords(alike.flatMap(({ block }) => block ?? [])))] : [];
  });
}

/** Whether anything of it can be seen or read: pictures, or words. */
export const isVisible = ({ pictures, texts }: ShownRun): boolean => pictures !== undefined || texts !== undefined;
