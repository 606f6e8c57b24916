import type { ReadFile } from './folder-files.ts';

/** What the archive's search knows of a page: the words that its build wrote to `search/records.json`. */
interface OfflineRecord {
  readonly path: string;
  readonly title: string;
  readonly meta: Readonly<Record<string, string>>;
  /** Other names. */
  readonly aliases: string;
  readonly summary: string;
  /** Authors, where it appeared, what others call it. */
  readonly more: string;
}

interface IndexedPage {
  readonly url: string;
  readonly excerpt: string;
  readonly plain_excerpt: string;
  readonly content: string;
  readonly locations: readonly number[];
  readonly meta: Readonly<Record<string, string>>;
  readonly filters: object;
  readonly sub_results: readonly never[];
}

interface Found {
  readonly results: readonly { readonly id: string; readonly score: number; data(): Promise<IndexedPage> }[];
}

/** How much a word counts by where it stands. */
const weights = { title: 10, aliases: 8, summary: 3, more: 2 } as const;
const fields = Object.keys(weights) as readonly (keyof typeof weights)[];

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string): readonly string[] => plain(text).split(/[^\p{L}\p{N}+]+/u).filter((word) => word !== '');

/**
 * The search of an archive that is opened from disk, with the calls of Pagefind that the pages make: over titles, other names, summaries and authors.
 * A page is found when each word of the query begins a word of it.
 */
export function titleSearch(base: string, readFile: ReadFile) {
  let reading: Promise<readonly OfflineRecord[]> | undefined;
  let latest = 0;
  const records = (): Promise<readonly OfflineRecord[]> => {
    // The archive's build wrote it in this form.
    reading ??= readFile('search/records.json').then((text): readonly OfflineRecord[] => JSON.parse(text ?? '[]'));
    return reading;
  };

  function scoreOf(record: OfflineRecord, asked: readonly string[]): number {
    return asked.reduce((sum, word) => {
      if (sum === 0) return 0;
      const best = fields.reduce((most, field) => {
        const words = wordsOf(record[field]);
        const whole = words.includes(word);
        return whole || words.some((each) => each.startsWith(word)) ? Math.max(most, weights[field] * (whole ? 1 : 0.7)) : most;
      }, 0);
      return best === 0 ? 0 : sum + best;
    }, Number.EPSILON);
  }

  function pageOf({ path, title, summary, meta }: OfflineRecord, asked: readonly string[]): IndexedPage {
    const words = summary.split(/\s+/);
    const locations = words.flatMap((word, i) => (wordsOf(word).some((part) => asked.some((each) => part.startsWith(each))) ? [i] : []));
    const escaped = words.map((word) => word.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    const excerpt = escaped.map((word, i) => (locations.includes(i) ? `<mark>${word}</mark>` : word)).join(' ');
    return { url: base + path, excerpt, plain_excerpt: escaped.join(' '), content: summary, locations, meta: { ...meta, title }, filters: {}, sub_results: [] };
  }

  async function search(query: string | null): Promise<Found> {
    const asked = wordsOf(query ?? '');
    if (asked.length === 0) return { results: [] };
    const scored = (await records()).map((record) => ({ record, score: scoreOf(record, asked) })).filter(({ score }) => score > 0);
    const results = scored
      .toSorted((a, b) => b.score - a.score)
      .map(({ record, score }) => ({ id: record.path, score, data: () => Promise.resolve(pageOf(record, asked)) }));
    return { results };
  }

  const instance = {
    options: async (): Promise<void> => undefined,
    init: async (): Promise<void> => undefined,
    destroy: async (): Promise<void> => undefined,
    preload: async (): Promise<void> => undefined,
    filters: async (): Promise<object> => ({}),
    search,
    async debouncedSearch(query: string, _options: object = {}, wait = 300): Promise<Found | null> {
      latest += 1;
      const own = latest;
      await new Promise((resolve) => setTimeout(resolve, wait));
      return own === latest ? search(query) : null;
    },
  };
  return { ...instance, createInstance: () => instance };
}
