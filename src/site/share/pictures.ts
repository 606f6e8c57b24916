import { alignments, configurations, dimensions, locations, operators } from '../../taxonomy/index.ts';
import { conceptGroups, families, statedClass } from '../../knowledge/index.ts';
import { concepts, methods, papers, works } from '../data/entries.ts';
import { tables } from '../data/tables.ts';
import type { SharePicture } from './share-picture.ts';

const whoWhen = (authors: readonly string[], venue: string | undefined, year: number | undefined): string => {
  const who = authors.length > 1 ? `${authors[0] ?? ''} et al.` : (authors[0] ?? '');
  return [who, [venue, year].filter((part) => part !== undefined).join(' ')].filter((part) => part !== '').join(', ');
};

const isSame = (a: string, b: string): boolean => a.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') === b.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const general: SharePicture = {
  path: 'share/atlas.png',
  eyebrow: 'Methods in one formula, and a benchmark that reruns them',
  title: 'Make a frozen network do something new',
  lines: [],
  of: { configuration: configurations, location: locations, operator: operators, alignment: alignments },
  dimension: null,
};

/** The share pictures of the site: a general one, and one for each method, concept, paper and table. */
export const sharePictures: readonly SharePicture[] = [
  general,
  ...methods.map(({ data }): SharePicture => ({
    path: `share/methods/${data.id}.png`,
    eyebrow: families[data.family],
    title: data.name,
    lines: [...(isSame(data.title, data.name) ? [] : [data.title]), whoWhen(data.authors, data.venue, data.year)],
    of: statedClass(data) ?? null,
    dimension: null,
  })),
  ...concepts.map(({ data }): SharePicture => ({
    path: `share/concepts/${data.id}.png`,
    eyebrow: conceptGroups[data.group],
    title: data.title,
    lines: data.dimension === undefined ? [] : [dimensions[data.dimension].question],
    of: null,
    dimension: data.dimension ?? null,
  })),
  ...papers.map(({ data }): SharePicture => {
    const work = works.get(data.paper);
    return {
      path: `share/papers/${data.id}.png`,
      eyebrow: 'A paper explained',
      title: data.title,
      lines: work ? [whoWhen(work.authors, work.venue, work.year)] : [],
      of: null,
      dimension: null,
    };
  }),
  ...tables.map((table): SharePicture => ({
    path: `share/results/${table.id}.png`,
    eyebrow: 'Measured',
    title: table.title,
    lines: [`${table.rows.length} rows, ${table.columns.length} columns, each number with its runs`],
    of: null,
    dimension: null,
  })),
];

const known: ReadonlySet<string> = new Set(sharePictures.map(({ path }) => path));

/** The picture for a page's path (`methods/vp/`): its own, or the general one. */
export function picturePath(pagePath: string): string {
  const own = `share/${pagePath.replace(/\/$/, '')}.png`;
  return known.has(own) ? own : general.path;
}
