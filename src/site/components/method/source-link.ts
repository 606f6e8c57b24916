/** A source of an entry as a page links to it. */
export interface SourceLink {
  readonly address: string;
  readonly text: string;
}

const fileForm = /^([\w.-]+\/[\w.-]+):(.+)$/;
const github = 'https://github.com/';

/** Where a source can be read: the file of a public repository, or an address, which its host stands for. */
export function sourceLink(source: string): SourceLink {
  const [, repository = '', path = ''] = fileForm.exec(source) ?? [];
  if (repository !== '') return { address: `${github}${repository}/blob/HEAD/${encodeURI(path)}`, text: source };
  return { address: source, text: new URL(source).host.replace(/^www\./, '') };
}

/** Sources of one place in one line: a repository with its files, or an address alone. */
export interface SourceLine {
  /** The repository as owner/name, or undefined for addresses. */
  readonly repository: string | undefined;
  readonly links: readonly SourceLink[];
}

/** The sources of an entry, those of one repository together, in the order in which they are first named. */
export function sourceLines(sources: readonly string[]): readonly SourceLine[] {
  const lines = new Map<string, SourceLine>();
  for (const source of new Set(sources)) {
    const [, repository, path] = fileForm.exec(source) ?? [];
    const link = sourceLink(source);
    const name = repository ?? source;
    const own = { ...link, text: path ?? link.text };
    lines.set(name, { repository, links: [...(lines.get(name)?.links ?? []), own] });
  }
  return [...lines.values()];
}
