/** A sentence with words in its places: `a {size} ring`. RangeError for a place that nothing is said for. */
export const fillFrame = (frame: string, words: Readonly<Record<string, string>>): string =>
  frame.replace(/\{(\w+)\}/g, (place, key: string) => {
    const word = words[key];
    if (word === undefined) throw new RangeError(`"${frame}" has a place ${place}, and nothing is said for it`);
    return word;
  });
