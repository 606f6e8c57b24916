import fc from 'fast-check';
import { alignments, configurations, locations, operators } from '../../src/taxonomy/index.ts';
import type { Columns, FacetColumn, FacetWords, Mode } from '../../src/site/islands/catalogue/columns.ts';
import type { CatalogueState, Choice } from '../../src/site/islands/catalogue/state.ts';
import { sortKeys } from '../../src/site/islands/catalogue/state.ts';

const setModes: readonly Mode[] = ['any', 'all', 'none'];
const oneModes: readonly Mode[] = ['any', 'none'];

/** Facets of the form that the catalogue has, with some of its values. */
export const someFacets: readonly (FacetWords & { readonly set: boolean })[] = [
  { id: 'family', values: ['mr', 'pt', 'pi', 'pca'], modes: oneModes, set: false },
  { id: 'configuration', values: configurations, modes: setModes, set: true },
  { id: 'location', values: locations, modes: setModes, set: true },
  { id: 'operator', values: operators, modes: setModes, set: true },
  { id: 'alignment', values: alignments, modes: setModes, set: true },
  { id: 'here', values: ['measured', 'implemented', 'described'], modes: oneModes, set: false },
  { id: 'modality', values: ['image', 'image-text', 'time-series'], modes: setModes, set: true },
  { id: 'year', values: ['2019', '2021', '2022', '2023'], modes: oneModes, set: false },
  { id: 'code', values: ['yes', 'no'], modes: ['any'], set: false },
];

const id = fc.array(fc.stringMatching(/^[a-z0-9]{1,6}$/), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('-'));

const anyChosen: fc.Arbitrary<Readonly<Record<string, Choice>>> = fc
  .tuple(
    ...someFacets.map(({ values, modes }) =>
      fc.option(
        fc.record({ values: fc.subarray([...values], { minLength: 1 }), mode: fc.constantFrom(...modes) }, { noNullPrototype: true }),
        { freq: 2 },
      ),
    ),
  )
  .map((choices) => Object.fromEntries(choices.flatMap((choice, i) => (choice ? [[someFacets[i]?.id ?? '', choice]] : []))));

/** Any state that the page can be in: words are tidy, values stand in the facet's order. */
export const anyState: fc.Arbitrary<CatalogueState> = fc.record(
  {
    chosen: anyChosen,
    words: fc.string({ unit: 'grapheme', maxLength: 24 }).map((text) => text.replace(/\s+/g, ' ').trim()),
    sort: fc.option(fc.record({ key: fc.constantFrom(...sortKeys), descending: fc.boolean() }, { noNullPrototype: true })),
    summaries: fc.boolean(),
    picked: fc.uniqueArray(id, { maxLength: 6 }),
  },
  { noNullPrototype: true },
);

/** Catalogues of up to 40 made-up entries. */
export const anyColumns: fc.Arbitrary<Columns> = fc.integer({ min: 1, max: 40 }).chain((size) => {
  const column = (of: (typeof someFacets)[number]): fc.Arbitrary<FacetColumn> =>
    fc
      .array(fc.nat(of.set ? 2 ** of.values.length - 1 : of.values.length - 1), { minLength: size, maxLength: size })
      .map((rows) => ({ ...of, labels: of.values, rows }));
  const name = fc.constantFrom('CoOp', 'P-tuning v2', 'Léger', 'VPT', '(IA)³', 'prompt');
  return fc
    .tuple(fc.array(name, { minLength: size, maxLength: size }), fc.array(fc.nat(2), { minLength: size, maxLength: size }), ...someFacets.map(column))
    .map(([names, venues, ...facets]) => ({
      schema: 'atlas-facets/1' as const,
      of: 'made up',
      ids: names.map((_, i) => `entry-${i}`),
      names,
      venues: { values: ['ICLR', 'ACL', 'CVPR'], rows: venues },
      facets,
    }));
});
