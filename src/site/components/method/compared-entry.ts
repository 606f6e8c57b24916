import { families, shortCitation, statedClass } from '../../../knowledge/index.ts';
import type { MethodEntry } from '../../../knowledge/index.ts';
import type { ComparedEntry, ComparedLink, ComparedTable } from '../../islands/compare/compared-entry.ts';
import { sigilPaths } from '../../sigil/sigil-paths.ts';
import { href } from '../../address.ts';
import { works } from '../../data/entries.ts';
import { cellAddress, placesOf } from '../../data/tables.ts';

const text = (...parts: readonly string[]): readonly ComparedLink[] => parts.filter((part) => part !== '').map((part) => ({ text: part }));

function trained({ trainable: { formula, where = {}, example, reported = [], unknown } }: MethodEntry): readonly ComparedLink[] {
  const letters = Object.entries(where).map(([letter, meaning]) => `${letter} ${meaning}`).join('; ');
  return text(
    formula === undefined ? '' : `${formula}${letters === '' ? '' : ` with ${letters}`}.`,
    example === undefined ? '' : `${example.is.toLocaleString('en')} for ${example.for}.`,
    ...reported.map(({ count, recalled }) => `Reported: ${count}${recalled ? ' (from memory)' : ''}.`),
    unknown ?? '',
  );
}

function tablesOf(id: string): readonly ComparedTable[] {
  const places = placesOf(id).filter(({ row }) => row.control === null);
  return [...new Set(places.map(({ table }) => table))].map((table) => {
    const own = places.filter((place) => place.table === table);
    return {
      id: table.id,
      title: table.title,
      address: href(`results/${table.id}/`),
      metric: `${table.metric.label} in ${table.metric.unit}`,
      columns: table.columns.map(({ key, label, groupLabel }) => ({ key, label: `${label}, ${groupLabel}` })),
      rows: [...new Set(own.map(({ row }) => row))].map((row) => ({
        label: row.label,
        cells: own
          .filter((place) => place.row === row)
          .map((place) => ({ column: place.column.key, text: place.cell.text, address: href(cellAddress(place)) })),
      })),
    };
  });
}

/** What the compare page shows of an entry. */
export function comparedEntry(entry: MethodEntry): ComparedEntry {
  const of = statedClass(entry);
  const work = works.get(entry.paper);
  const sources = { survey: 'as the survey’s authors list it', derived: 'derived here' } as const;
  return {
    id: entry.id,
    name: entry.name,
    address: href(`methods/${entry.id}/`),
    class: of ?? null,
    sigil: of ? sigilPaths(of) : [],
    rationale: entry.classification?.rationale ?? {},
    facts: {
      Summary: text(entry.summary),
      Class: text(entry.classification ? sources[entry.classification.source] : ''),
      'Also argued': text(...(entry.classification?.alsoArgued ?? [])),
      'Trained numbers': trained(entry),
      Family: text(`${families[entry.family]}${entry.kind === 'method' ? '' : `; ${entry.kind}`}`),
      Modalities: text(entry.modalities.join(', ')),
      Year: text(`${entry.year}, ${entry.venue}`),
      Paper: [{ text: work ? shortCitation(work) : entry.title, address: work?.address }],
      Code: [entry.code === 'none found' ? { text: entry.code } : { text: entry.code.replace('https://', ''), address: entry.code }],
    },
    tables: tablesOf(entry.id),
  };
}
