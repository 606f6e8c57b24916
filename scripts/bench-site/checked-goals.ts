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

export const checkedGoals: readonly CheckedGoal[] = [
  { id: 'check-1', goal: 1, what: 'Every entry page within its bytes, and readable without a script', tests: [{ file: pages, name: /keeps its budget/ }, { file: pages, name: /without a script/ }] },
  { id: 'check-2', goal: 2, what: 'No other host is asked, in any template, entry of the sample or state of the catalogue', tests: [{ file: accessibility, name: /nobody else asked/ }, { file: pages, name: /nothing is loaded from elsewhere/ }] },
  { id: 'check-4', goal: 4, what: 'axe finds nothing, WCAG 2.2 A and AA and best practice, light and dark', tests: [{ file: accessibility, name: /accessible/ }] },
  { id: 'check-7', goal: 7, what: 'Golden queries with their page among the first three', tests: [{ file: 'site/search.test.ts', name: /golden/ }] },
  { id: 'check-9', goal: 9, what: 'Everything readable without a script; a page for every facet value and every pair of values of two dimensions', tests: [{ file: browser, name: /without scripts/ }, { file: 'site/catalogue-pages.test.ts', name: /./ }] },
  { id: 'check-14', goal: 14, what: 'States survive their addresses', tests: [{ file: 'site/catalogue-state.test.ts', name: /./ }, { file: 'site/results-state.test.ts', name: /./ }] },
  { id: 'check-15', goal: 15, what: 'Downloads hold what their page shows, cell by cell', tests: [{ file: 'site/numbers.test.ts', name: /downloads/ }, { file: 'site/results-rearrange.test.ts', name: /./ }] },
  { id: 'check-16', goal: 16, what: 'Every number carries where it comes from', tests: [{ file: 'site/numbers.test.ts', name: /where it comes from|raw records|at its anchor/ }] },
  { id: 'check-18', goal: 18, what: 'Intervals, paired tests and shared ranks by known cases', tests: [{ file: 'results/statistics.test.ts', name: /./ }, { file: 'results/oracles.test.ts', name: /./ }] },
  { id: 'check-20', goal: 20, what: 'No internal link and no fragment leads nowhere, also below /atlas/', tests: [{ file: pages, name: /leads nowhere/ }] },
  { id: 'check-21', goal: 21, what: 'JSON-LD, canonical address, description, share picture and BibTeX', tests: [{ file: pages, name: /JSON-LD|title of its own/ }] },
  { id: 'check-22', goal: 22, what: 'Each check says how much it looked at, fails under a floor, and finds a page that breaks it', tests: [{ file: 'site/broken-pages.test.ts', name: /./ }] },
];
