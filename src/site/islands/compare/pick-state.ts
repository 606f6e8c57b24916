/** How many entries stand side by side at most. */
export const mostPicks = 4;

/** What an address asks for, and what of it can't be had. */
export interface PickState {
  /** Ids of entries, in order, none twice, at most four. */
  readonly picks: readonly string[];
  /** Sentences about what was left out. */
  readonly problems: readonly string[];
}

const idForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads the query of an address: `?pick=ilm-vp,blm`. Nothing that it says is passed over in silence. */
export function parsePicks(query: string): PickState {
  const parameters = new URLSearchParams(query);
  const strange = [...new Set(parameters.keys())].filter((name) => name !== 'pick');
  const named = parameters.getAll('pick').flatMap((value) => value.split(',')).filter((id) => id !== '');
  const wellFormed = named.filter((id) => idForm.test(id));
  const different = [...new Set(wellFormed)];
  const beyond = different.slice(mostPicks);
  return {
    picks: different.slice(0, mostPicks),
    problems: [
      ...strange.map((name) => `The address has “${name}”, which this page doesn’t know.`),
      ...[...new Set(named)].filter((id) => !idForm.test(id)).map((id) => `“${id}” can’t be the id of an entry.`),
      ...(beyond.length > 0 ? [`Only ${mostPicks} entries stand side by side; left out: ${beyond.join(', ')}.`] : []),
    ],
  };
}

/** The query that says which entries are picked; empty for none. */
export function printPicks(picks: readonly string[]): string {
  return picks.length === 0 ? '' : `?pick=${picks.join(',')}`;
}
