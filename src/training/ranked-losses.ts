/**
 * Asks for the losses of all candidates together, `[candidates.length]` in their order; one that is no finite number comes
 * back as Infinity, so that it ranks last. Throws a RangeError where another number of losses is answered.
 */
export async function rankedLosses<Candidate>(
  loss: (candidates: readonly Candidate[]) => readonly number[] | Promise<readonly number[]>,
  candidates: readonly Candidate[],
): Promise<readonly number[]> {
  const losses = await loss(candidates);
  if (losses.length !== candidates.length) {
    throw new RangeError(`The losses of ${candidates.length} candidates came back as ${losses.length} numbers.`);
  }
  return Array.from(losses, (value) => (Number.isFinite(value) ? value : Infinity));
}
