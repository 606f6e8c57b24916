/**
 * The import table: what each room of `src/` may import from the others, itself aside. `types` marks a room of which
 * only types may be imported. `ARCHITECTURE.md` shows the same table, and a test holds the two together.
 */
export interface RoomImports {
  readonly values: readonly string[];
  readonly types: readonly string[];
}

const row = (values: readonly string[], types: readonly string[] = []): RoomImports => ({ values, types });

const engine = ['taxonomy', 'random', 'tensor', 'assets', 'models', 'tasks', 'training'];
const above = [...engine, 'reprogramming', 'methods', 'adaptation', 'theory', 'results'];

export const importTable: Readonly<Record<string, RoomImports>> = {
  taxonomy: row([]),
  random: row([]),
  tensor: row(['random']),
  text: row([]),
  assets: row(['tensor']),
  models: row(['tensor', 'assets', 'random', 'text']),
  tasks: row(['random', 'assets', 'tensor']),
  training: row(['tensor', 'random']),
  reprogramming: row(['taxonomy', 'tensor', 'random', 'models'], ['training']),
  methods: row(['reprogramming', 'taxonomy', 'tensor', 'models'], ['training']),
  adaptation: row(['reprogramming', 'tensor', 'models'], ['training']),
  theory: row(['reprogramming', 'adaptation', 'models', 'tasks', 'tensor']),
  results: row(['taxonomy', 'random']),
  bench: row([...above, 'text']),
  parity: row([...above, 'text', 'bench', 'knowledge']),
  knowledge: row(['taxonomy']),
  site: row(['taxonomy', 'knowledge', 'results']),
};

/** Files besides a room's doors that others may import, with the folder that may. */
export const sideDoors: readonly { readonly file: string; readonly from: string }[] = [
  { file: 'src/bench/run-cell.ts', from: 'src/site/worker/' },
  { file: 'src/bench/run-cell.ts', from: 'scripts/' },
  // What the benchmark of speeds times; not for anything that runs the bench.
  { file: 'src/bench/language/read-batch.ts', from: 'scripts/bench-engine/' },
  // The door of knowledge brings a parser of BibTeX; a page needs the exporters alone.
  { file: 'src/knowledge/exporters/index.ts', from: 'src/site/islands/' },
  // A thread that the build starts by the name of its file.
  { file: 'src/site/data/render-ahead.node.ts', from: 'scripts/' },
];

/** The rooms whose arithmetic a record's bits depend on. */
export const recordRooms: readonly string[] = [
  'random',
  'tensor',
  'text',
  'tasks',
  'training',
  'models',
  'reprogramming',
  'methods',
  'adaptation',
];

/** The room that a file of `src/` belongs to; undefined elsewhere. */
export function roomOf(path: string): string | undefined {
  const [top, room, ...rest] = path.split('/');
  return top === 'src' && rest.length > 0 ? room : undefined;
}
