import type { Naming } from './name-files.ts';
import type { KeyedNames, Meeting, NameMatch } from './name-matches.ts';
import { nameMatches, nearestNames, startsOfQuery } from './name-matches.ts';
import type { NameSource } from './name-source.ts';
import { nameWords } from './name-key.ts';
import { wordsOfExcerpt } from './ranking.ts';
import { isSearchKind } from './search-record.ts';
import type { SearchKind } from './search-record.ts';
import { otherWordings, textQuery, withoutOneWord } from './text-query.ts';

/** A page as the index gives it. */
export interface IndexedPage {
  readonly url: string;
  /** Plain text but for `<mark>` around matching words and the escapes of angle brackets. */
  readonly excerpt: string;
  readonly content: string;
  /** The places of the matching words in the content. */
  readonly locations: readonly number[];
  readonly meta: Readonly<Record<string, string>>;
}

/** A page that has the words, before it is read. */
export interface TextMatch {
  readonly id: string;
  readonly score: number;
  data(): Promise<IndexedPage>;
}

/** Where the search looks: names by their start, and texts by words. */
export interface SearchSources {
  readonly names: NameSource;
  texts(query: string): Promise<readonly TextMatch[]>;
  /** From the site's root, as in the records: `methods/ilm-vp/`. */
  pathOf(url: string): string;
}

export interface Hit {
  readonly kind: SearchKind;
  readonly path: string;
  readonly title: string;
  /** The code of its class, for the sigil. */
  readonly of: string | undefined;
  /** A piece of its text with the matching words marked; undefined where its name alone matched. */
  readonly excerpt: string | undefined;
  /** How the query meets its name, where it does, what sort of name that is, and the words in question if they aren't the title. */
  readonly meeting: Meeting | undefined;
  readonly naming: Naming | undefined;
  readonly through: string | undefined;
  readonly score: number;
}

/** A heading and what stands under it: what is called so, whatever it is, or one kind of thing. */
export interface Group {
  readonly of: 'named' | SearchKind;
  readonly hits: readonly Hit[];
}

export interface Answer {
  readonly query: string;
  /** The words whose texts are shown: the query's, or those of a name that it nearly says, where no page says what was typed. */
  readonly meant: string;
  /** First what the query names, then by kind, the kind of the best hit first; within a group the best first. */
  readonly groups: readonly Group[];
  /** How many pages have the words or the name; may be more than are shown. */
  readonly total: number;
  /** all: every word is on the page; most: no page had them all, these lack one. */
  readonly matched: 'all' | 'most';
  /** What to try instead, where nothing was found. */
  readonly suggestions: readonly string[];
}

/** How many hits are shown, how many of one kind or by name, and how many texts are read at least besides those of names. */
const shown = 10;
const shownOfKind = 6;
const read = 5;

/** A cell or an overview holds the words of what it lists, and is seldom what is looked for. */
const standing: Readonly<Record<SearchKind, number>> = { method: 1, concept: 1, paper: 1, table: 1, model: 1, task: 1, cell: 0.5, page: 0.7 };

interface Scored {
  readonly match: TextMatch;
  readonly score: number;
}

interface FoundTexts {
  readonly found: readonly Scored[];
  readonly matched: Answer['matched'];
}

/** Takes every text once, with its best score. */
function bestOf(lists: readonly (readonly Scored[])[]): readonly Scored[] {
  const best = new Map<string, Scored>();
  for (const scored of lists.flat()) {
    if ((best.get(scored.match.id)?.score ?? -1) < scored.score) best.set(scored.match.id, scored);
  }
  return [...best.values()].toSorted((a, b) => b.score - a.score);
}

/** Scores as shares of the best one's. */
async function texts(sources: SearchSources, query: string, weight: number): Promise<readonly Scored[]> {
  const found = await sources.texts(query);
  const most = Math.max(...found.map(({ score }) => score), Number.MIN_VALUE);
  return found.map((match) => ({ match, score: (weight * match.score) / most }));
}

/** Pages that have some of many words: the more of them and the rarer, the better. */
async function textsOfAny(sources: SearchSources, words: readonly string[]): Promise<readonly Scored[]> {
  const sums = new Map<string, Scored>();
  for (const found of await Promise.all(words.map((word) => texts(sources, word, 1)))) {
    const weight = 1 / (words.length * Math.log2(2 + found.length));
    for (const { match, score } of found) {
      const before = sums.get(match.id);
      const sum = weight * score + (before?.score ?? 0);
      // The text that a rare word leads to is quoted.
      sums.set(match.id, { match: before && before.score > weight * score ? before.match : match, score: sum });
    }
  }
  const most = Math.max(...[...sums.values()].map(({ score }) => score), Number.MIN_VALUE);
  return [...sums.values()].map(({ match, score }) => ({ match, score: (0.8 * score) / most })).toSorted((a, b) => b.score - a.score);
}

/** Pages that have all words in some wording; where there is none, pages that lack one word; where there is none either, pages that have some. */
async function textsFor(sources: SearchSources, query: string): Promise<FoundTexts> {
  const text = textQuery(query);
  // A single letter begins a tenth of all words.
  if (/^[a-z0-9]?$/i.test(text)) return { found: [], matched: 'all' };
  const straight = await texts(sources, text, 1);
  if (straight.length >= 3) return { found: straight, matched: 'all' };
  const reworded = bestOf([straight, ...(await Promise.all(otherWordings(text).map((wording) => texts(sources, wording, 0.9))))]);
  if (reworded.length > 0) return { found: reworded, matched: 'all' };
  const loose = bestOf(await Promise.all(withoutOneWord(text).map((fewer) => texts(sources, fewer, 0.5))));
  const words = text.startsWith('"') ? [] : text.split(' ');
  return { found: loose.length > 0 || words.length < 3 ? loose : await textsOfAny(sources, words), matched: 'most' };
}

function hitOfName({ target: [kind, path, title, , of], words, naming, meeting, strength }: NameMatch): Hit {
  return { kind, path, title, of, excerpt: undefined, meeting, naming, through: naming === 'alias' || naming === 'term' ? words : undefined, score: strength };
}

const namesFor = (query: string, sources: Pick<SearchSources, 'names'>): Promise<readonly KeyedNames[]> =>
  Promise.all(startsOfQuery(query).map(sources.names)).then((files) => [...new Set(files)]);

/** Names alone: what is known before the index of texts has come. */
export async function findByName(query: string, sources: Pick<SearchSources, 'names'>): Promise<Answer> {
  const hits = nameMatches(query, await namesFor(query, sources)).map(hitOfName);
  return { query, meant: query, groups: grouped(hits), total: hits.length, matched: 'all', suggestions: [] };
}

/** How much of its text's share a page gets that is named already, and how much of its strength a misspelled name keeps where the words are on pages as typed. */
const textOfNamed = 0.3;
const nearBesideText = 0.5;

/** The beginning of a page's text, which is its summary, with the matching words in `<mark>`. */
function opening({ content, locations }: IndexedPage): string {
  const words = content.replaceAll('<', '&lt;').replaceAll('>', '&gt;').split(/\s+/);
  const quoted = words.slice(0, wordsOfExcerpt).map((word, i) => (locations.includes(i) ? `<mark>${word}</mark>` : word));
  return `${quoted.join(' ')}${words.length > wordsOfExcerpt ? ' …' : ''}`;
}

/**
 * What share of a query's words stands on the pages as typed, but for their endings, in the best of its wordings. The index takes the beginning of a
 * word where it doesn't have the word: it gives pages with “good” for “Goodfelow”.
 */
function spelledShare(query: string, pages: readonly IndexedPage[]): number {
  const matched = pages.flatMap(({ content, locations, meta }) => {
    const words = content.split(/\s+/);
    return nameWords([...locations.map((i) => words[i] ?? ''), ...['title', 'aliases', 'terms', 'classed', 'respelled'].map((name) => meta[name] ?? '')].join(' '));
  });
  const isSpelled = (word: string): boolean => {
    const stem = word.replace(/(ing|ation|ies|ed|es|er|e|y)$/, '');
    return matched.some((other) => other.startsWith(stem));
  };
  const text = textQuery(query);
  const shares = [text, ...otherWordings(text)].map((wording) => {
    const words = nameWords(wording);
    return words.length === 0 ? 1 : words.filter(isSpelled).length / words.length;
  });
  return Math.max(...shares);
}

interface ReadPage {
  readonly page: IndexedPage;
  readonly score: number;
}

/** What texts say of some words: the pages worth reading, and what of the words they really say. */
interface Said {
  readonly pages: readonly ReadPage[];
  readonly unread: number;
  readonly matched: Answer['matched'];
  readonly spelled: number;
}

/** Reads the best texts for some words, and those of the pages with these ids among them. */
async function readTexts(sources: SearchSources, words: string, ids: ReadonlySet<string>, { found, matched }: FoundTexts): Promise<Said> {
  const [own, others] = [found.filter(({ match }) => ids.has(match.id)), found.filter(({ match }) => !ids.has(match.id))];
  const worth = [...own, ...others.slice(0, Math.max(read, shown - own.length))];
  const pages = await Promise.all(worth.map(async ({ match, score }) => ({ page: await match.data(), score })));
  const spelled = spelledShare(words, pages.map(({ page }) => page));
  if (spelled === 0) return { pages: [], unread: 0, matched: 'most', spelled };
  return { pages, unread: found.length - pages.length, matched: spelled < 1 ? 'most' : matched, spelled };
}

/**
 * Looks for a query in names and texts at once. A page's score is the strength of its name (about 3 at most) and the share that its text's score has
 * of the best one's (up to 1), so that what the query names stands before what only speaks of it. A misspelled name is taken for the name where no
 * page says what was typed.
 */
export async function findEverywhere(query: string, sources: SearchSources): Promise<Answer> {
  const [names, found] = await Promise.all([namesFor(query, sources), textsFor(sources, query)]);
  const named = nameMatches(query, names);
  const ids = new Set(named.slice(0, shownOfKind).map(({ target }) => target[3]));
  const typed = await readTexts(sources, query, ids, found);
  const near = named[0]?.meeting === 'near' && typed.matched === 'most' ? named[0].words : undefined;
  const said = near === undefined ? typed : await readTexts(sources, near, ids, await textsFor(sources, near));

  const isSaid = near === undefined && said.matched === 'all' && said.pages.length > 0;
  const hits = new Map<string, Hit>(
    named.map((match) => {
      const hit = hitOfName(match);
      const isDoubtful = isSaid && match.meeting === 'near';
      return [hit.path, isDoubtful ? { ...hit, meeting: undefined, score: hit.score * nearBesideText } : hit];
    }),
  );
  for (const { page, score } of said.pages) {
    const path = sources.pathOf(page.url);
    const kind = page.meta['kind'] ?? '';
    if (!isSearchKind(kind)) continue;
    const byName = hits.get(path);
    const isMeant = byName !== undefined && isNamed(byName);
    hits.set(path, {
      kind,
      path,
      title: page.meta['title'] ?? path,
      of: page.meta['of'] ?? byName?.of,
      // Where its name is what was meant, the name is seen to match, and what it is says more than another place where the words stand.
      excerpt: isMeant ? opening(page) : page.excerpt,
      meeting: byName?.meeting,
      naming: byName?.naming,
      through: byName?.through,
      score: (byName?.score ?? 0) + score * said.spelled * standing[kind] * (isMeant ? textOfNamed : 1),
    });
  }
  return {
    query,
    meant: near ?? query,
    groups: grouped([...hits.values()]),
    total: hits.size + said.unread,
    matched: said.matched,
    suggestions: hits.size > 0 ? [] : nearestNames(query, names, 5),
  };
}

const isNamed = ({ meeting }: Hit): boolean => meeting === 'whole' || meeting === 'near';

/** The best hits: what is named first, then a kind at a time. No group takes all places while another has something. */
function grouped(hits: readonly Hit[]): readonly Group[] {
  const sorted = hits.toSorted((a, b) => b.score - a.score);
  const groupOf = (hit: Hit): Group['of'] => (isNamed(hit) ? 'named' : hit.kind);
  const counts = new Map<Group['of'], number>();
  const within = sorted.filter((hit) => {
    const count = (counts.get(groupOf(hit)) ?? 0) + 1;
    counts.set(groupOf(hit), count);
    return count <= shownOfKind;
  });
  const chosen = new Set(within.slice(0, shown));
  for (const hit of sorted) if (chosen.size < shown) chosen.add(hit);
  const kept = sorted.filter((hit) => chosen.has(hit));
  const order = new Set<Group['of']>([...(kept.some(isNamed) ? ['named' as const] : []), ...kept.map(groupOf)]);
  return [...order].map((of) => ({ of, hits: kept.filter((hit) => groupOf(hit) === of) }));
}

/** The hits in the order in which they are shown. */
export const hitsInOrder = ({ groups }: Answer): readonly Hit[] => groups.flatMap(({ hits }) => hits);
