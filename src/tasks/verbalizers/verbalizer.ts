/**
 * A preset assignment of source classes to target classes: how a person who knows only the names would read the
 * answers of a frozen network. Nothing is learned and no picture is looked at. A source class serves one target at
 * most; source classes that are not named are not read.
 */
export interface Verbalizer {
  readonly model: string;
  readonly task: string;
  /** One row for each class of the task, in the order of its classes. */
  readonly assignments: readonly { readonly target: string; readonly sources: readonly string[] }[];
}

function requireKnown(name: string, known: readonly string[], what: string, where: string): number {
  const index = known.indexOf(name);
  if (index < 0) throw new Error(`${where}: '${name}' is no ${what} class`);
  return index;
}

/**
 * The indices of the source classes of each target class, `[targets][sources]`, once the names are checked: each
 * target class exactly once and in order, each with a source class, no source class twice. An error names the first
 * that breaks this.
 */
export function resolveVerbalizer(
  { model, task, assignments }: Verbalizer,
  sourceClasses: readonly string[],
  targetClasses: readonly string[],
): number[][] {
  const where = `verbalizer of ${model} for ${task}`;
  if (assignments.length !== targetClasses.length) {
    throw new Error(`${where}: ${assignments.length} rows for ${targetClasses.length} target classes`);
  }
  const user = new Map<number, string>();
  return assignments.map(({ target, sources }, row) => {
    const place = requireKnown(target, targetClasses, 'target', where);
    if (place !== row) throw new Error(`${where}: '${target}' stands in row ${row}, its class is number ${place}`);
    if (sources.length === 0) throw new Error(`${where}: '${target}' has no source class`);
    return sources.map((source) => {
      const index = requireKnown(source, sourceClasses, 'source', where);
      const other = user.get(index);
      if (other !== undefined) throw new Error(`${where}: source class '${source}' serves '${other}' and '${target}'`);
      user.set(index, target);
      return index;
    });
  });
}
