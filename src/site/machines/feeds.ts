import { conceptGroups, families, licence } from '../../knowledge/index.ts';
import type { Family } from '../../knowledge/index.ts';
import { concepts, methods, models, papers, tasks } from '../data/entries.ts';
import { atomFeed } from './atom-feed.ts';
import type { FeedEntry } from './atom-feed.ts';
import { makers } from './page-facts.ts';
import { siteAddress } from './site-address.ts';

interface Described {
  readonly id: string;
  readonly summary: string;
  readonly reviewed: string;
}

function feedEntry(folder: string, { id, summary, reviewed }: Described, title: string, category: string): FeedEntry {
  const path = `${folder}/${id}/`;
  return { path, address: siteAddress(path), title, summary, day: reviewed, category };
}

const methodEntries = methods.map(({ data }) => ({ family: data.family, entry: feedEntry('methods', data, data.name, families[data.family]) }));

const all: readonly FeedEntry[] = [
  ...methodEntries.map(({ entry }) => entry),
  ...concepts.map(({ data }) => feedEntry('concepts', data, data.title, conceptGroups[data.group])),
  ...papers.map(({ data }) => feedEntry('papers', data, data.title, 'Paper explained')),
  ...models.map(({ data }) => feedEntry('models', data, data.title, 'Model')),
  ...tasks.map(({ data }) => feedEntry('tasks', data, data.title, 'Task')),
];

function feed(path: string, page: string, title: string, entries: readonly FeedEntry[]): string {
  return atomFeed({
    path,
    address: siteAddress(path),
    page: siteAddress(page),
    title,
    subtitle: 'By the day on which an entry was last read against its sources.',
    author: makers.name,
    licence,
    entries,
  });
}

/** Every entry of the atlas. */
export const wholeFeed = (): string => feed('feed.xml', '', 'Reprogrammability Atlas', all);

/** The families that have a feed of their own, with the name of its file: `mr` → MR. */
export const feedFamilies = Object.fromEntries((Object.keys(families) as Family[]).map((family) => [family.toLowerCase(), family]));

/** The methods of one family. */
export function familyFeed(family: Family): string {
  const entries = methodEntries.flatMap((each) => (each.family === family ? [each.entry] : []));
  return feed(`feed/${family.toLowerCase()}.xml`, 'methods/', `Reprogrammability Atlas: ${families[family].toLowerCase()}`, entries);
}
