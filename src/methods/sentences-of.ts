/**
 * Sentences of each class.
 * @throws RangeError where a class has none; `method` is who reads them
 */
export function sentencesOf(ofClass: readonly (readonly string[])[], method: string): readonly (readonly string[])[] {
  if (ofClass.every((sentences) => sentences.length > 0)) return ofClass;
  throw new RangeError(`${method} reads sentences about each class, and nobody has written any for these classes; add them in src/tasks/class-wordings.`);
}
