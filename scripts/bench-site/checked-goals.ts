/** A goal that is reached when checks of `npm test` hold: the tests by their files in `tests/` and a part of their names. */
export interface CheckedGoal {
  readonly id: string;
  readonly goal: number;
  readonly what: string;
  readonly tests: readonly { readonly file: string; readonly name: RegExp }[];
}

const pages = 'site/pages.test.ts';
const browser = 'site/in-a-browser.test.ts';
const accessibility = 'site/accessibility.test.ts';

/** Every test of a file. */
const all = /./;

export const checkedGoals: readonly CheckedGoal[] = [
  { id: 'check-1', goal: 1, what: 'Every page within its bytes, and readable without a script', tests: [{ file: pages, name: /keeps its budget/ }, { file: pages, name: /without a script/ }] },
  { id: 'check-2', goal: 2, what: 'No other host is asked, in any template, entry of the sample or state of the catalogue', tests: [{ file: accessibility, name: /nobody else asked/ }, { file: pages, name: /nothing is loaded from elsewhere/ }] },
  { id: 'check-4', goal: 4, what: 'axe finds nothing, WCAG 2.2 A and AA and best practice, light and dark', tests: [{ file: accessibility, name: /accessible/ }] },
  { id: 'check-7', goal: 7, what: 'Golden queries with their page among the first three', tests: [{ file: 'site/search.test.ts', name: /golden/ }] },
  {
    id: 'check-9', goal: 9, what: 'Everything readable without a script; a page for every facet value and every pair of values of two dimensions; the order stated',
    tests: [{ file: browser, name: /without scripts/ }, { file: 'site/catalogue-pages.test.ts', name: /without a script|value/ }, { file: 'site/results.test.ts', name: /without a script/ }],
  },
  { id: 'check-14', goal: 14, what: 'States survive their addresses; what an address says beyond them is named', tests: [{ file: 'site/catalogue-state.test.ts', name: all }, { file: 'site/results-state.test.ts', name: all }, { file: 'site/compare-state.test.ts', name: /address/ }] },
  {
    id: 'check-15', goal: 15, what: 'Downloads hold what their page shows, cell by cell, in its order; data with schema, licence and digest',
    tests: [{ file: 'site/numbers.test.ts', name: /downloads/ }, { file: 'site/results-rearrange.test.ts', name: all }, { file: 'site/catalogue-in-a-browser.test.ts', name: /taken away/ }, { file: 'site/machines.test.ts', name: /schema|CSV|BibTeX|digest/ }],
  },
  { id: 'check-16', goal: 16, what: 'Every number carries where it comes from', tests: [{ file: 'site/numbers.test.ts', name: /where it comes from|raw records|at its anchor/ }] },
  { id: 'check-18', goal: 18, what: 'Intervals, paired tests and shared ranks by known cases', tests: [{ file: 'results/statistics.test.ts', name: all }, { file: 'results/oracles.test.ts', name: all }, { file: 'results/table.test.ts', name: all }] },
  { id: 'check-19', goal: 19, what: 'The offline archive opens from disk with facets and search, and has its size', tests: [{ file: 'site/archive-in-a-browser.test.ts', name: all }, { file: 'site/archive.test.ts', name: /megabytes|leads to a file/ }] },
  { id: 'check-20', goal: 20, what: 'No internal link and no fragment leads nowhere, also below /atlas/', tests: [{ file: pages, name: /leads nowhere/ }] },
  { id: 'check-21', goal: 21, what: 'JSON-LD, canonical address, description, share picture, BibTeX and feeds', tests: [{ file: pages, name: /JSON-LD|title of its own/ }, { file: 'site/machines.test.ts', name: /what it is|feeds|address/ }] },
  { id: 'check-22', goal: 22, what: 'Each check says how much it looked at, fails under a floor, and finds a page that breaks it', tests: [{ file: 'site/broken-pages.test.ts', name: all }, { file: 'browser/watching.test.ts', name: all }] },
];
