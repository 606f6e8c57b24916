import type { Page } from 'playwright-core';

/** Where the focus stood after a press of the Tab key. */
interface Step {
  /** The same number for the same element. */
  readonly element: number;
  readonly name: string;
  readonly landmarks: readonly string[];
  readonly hasSize: boolean;
  readonly isMarked: boolean;
}

export interface KeyboardWalk {
  /** How many different elements had the focus. */
  readonly places: number;
  /** The landmarks that the focus came through. */
  readonly reached: ReadonlySet<string>;
  /** Landmarks of the page that hold something to focus. */
  readonly wanted: readonly string[];
  /** Whether the focus came back to where it began, all elements having had it. */
  readonly isWhole: boolean;
  readonly faults: readonly string[];
}

/** What a keyboard has to get to, where a page has it. */
const landmarks: Readonly<Record<string, string>> = {
  'the skip link': 'a.skip',
  'the sections': 'header nav a',
  'the search': 'header [data-search], header search button, header [role=search] button',
  'the facets': '[data-catalogue] fieldset, [data-catalogue] details, [data-catalogue] form',
  'the text': 'main',
};
const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, summary, [tabindex="0"]';

/** Presses Tab until the focus has been everywhere, `most` times at most, and says where it went and what was wrong on the way. */
export async function walkByKeyboard(page: Page, most: number): Promise<KeyboardWalk> {
  const wanted = await page.evaluate(
    ({ landmarks, focusable }) => {
      const numbers = new Map<Element, number>();
      const steps: Step[] = [];
      Reflect.set(globalThis, 'atlasSteps', steps);
      const isMarked = (element: Element | null, levels: number): boolean => {
        if (element === null || levels === 0) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none' || isMarked(element.parentElement, levels - 1);
      };
      document.addEventListener('focusin', ({ target }) => {
        if (!(target instanceof Element)) return;
        numbers.set(target, numbers.get(target) ?? numbers.size);
        const { width, height } = target.getBoundingClientRect();
        steps.push({
          element: numbers.get(target) ?? -1,
          name: `${target.tagName.toLowerCase()} "${(target.getAttribute('aria-label') ?? target.textContent ?? '').trim().slice(0, 40)}"`,
          landmarks: Object.entries(landmarks).filter(([, selector]) => target.closest(selector) !== null).map(([name]) => name),
          hasSize: width > 0 && height > 0,
          isMarked: isMarked(target, 3),
        });
      });
      return Object.entries(landmarks).filter(([, selector]) =>
        [...document.querySelectorAll(selector)].some((place) => [place, ...place.querySelectorAll('*')].some((each) => each.matches(focusable) && each.checkVisibility())),
      ).map(([name]) => name);
    },
    { landmarks, focusable },
  );
  let steps: readonly Step[] = [];
  let presses = 0;
  const isWhole = (): boolean => steps.length > 1 && steps.slice(1).some(({ element }) => element === steps[0]?.element);
  while (presses < most && !isWhole()) {
    // Asked now and then: an answer takes longer than a press.
    for (let i = 0; i < 25; i += 1) await page.keyboard.press('Tab');
    presses += 25;
    steps = await page.evaluate(() => Reflect.get(globalThis, 'atlasSteps'));
  }
  const first = steps[0]?.element;
  const end = steps.findIndex(({ element }, i) => i > 0 && element === first);
  const round = end === -1 ? steps : steps.slice(0, end);
  const places = new Set(round.map(({ element }) => element)).size;
  const faults = round.flatMap(({ name, hasSize, isMarked }) => [
    ...(hasSize ? [] : [`${name} has the focus and no size`]),
    ...(isMarked ? [] : [`${name} has the focus and doesn't show it`]),
  ]);
  if (places < round.length) faults.push(`the focus goes back and forth: ${places} elements in ${round.length} steps, the last ${round.at(-1)?.name ?? 'none'}`);
  if (end === -1 && round.length < presses - 1) faults.push(`the focus is stuck after ${round.length} of ${presses} presses at ${round.at(-1)?.name ?? 'nothing'}`);
  return { places, reached: new Set(round.flatMap((step) => step.landmarks)), wanted, isWhole: end !== -1, faults: [...new Set(faults)] };
}
