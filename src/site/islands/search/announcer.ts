/** Time for a screen reader to notice an emptied region before it is filled, and to hear it before it is emptied again. */
const before = 100;
const after = 1500;

/**
 * Says things to screen readers through two live regions in turn: a region that changes twice within a moment is often read once, and the same
 * words put into the same region twice aren't read again. What is said last wins.
 */
export function announcer(regions: readonly HTMLElement[]): (words: string) => void {
  let turn = 0;
  let timer: number | undefined;
  return (words) => {
    window.clearTimeout(timer);
    for (const region of regions) region.textContent = '';
    turn = (turn + 1) % Math.max(1, regions.length);
    const region = regions[turn];
    timer = window.setTimeout(() => {
      if (region) region.textContent = words;
      timer = window.setTimeout(() => {
        if (region) region.textContent = '';
      }, after);
    }, before);
  };
}
