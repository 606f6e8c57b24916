/** What a table says of a class; RangeError where it says nothing. */
export function saidOf<T>(table: Readonly<Record<string, T>>, name: string): T {
  const said = table[name];
  if (said === undefined) throw new RangeError(`nothing is written of the class '${name}'`);
  return said;
}
