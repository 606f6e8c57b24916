import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 at A and AA, and what is held to be good practice beyond it. */
const standards: readonly string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** The rules whose outcome depends on colours: all that a second colour scheme can change. */
const colourRules: readonly string[] = ['color-contrast', 'link-in-text-block'];

/** The rules whose outcome depends on the width of the screen. */
const widthRules: readonly string[] = ['target-size', 'scrollable-region-focusable', 'color-contrast'];

const rulesOf = { all: undefined, colours: colourRules, widths: widthRules } as const;

interface Axe {
  run(where: unknown, how: object): Promise<{
    readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly target: readonly string[] }[] }[];
    readonly passes: readonly unknown[];
  }>;
}

export interface Audit {
  /** Rule, what it asks and the first elements that break it. */
  readonly violations: readonly string[];
  /** How many rules were met or broken by something on the page. */
  readonly rules: number;
}

/** What axe has against the page as it stands: every rule, or only those that another scheme or another width can change. */
export async function audit(page: Page, extent: keyof typeof rulesOf = 'all'): Promise<Audit> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const rules = rulesOf[extent];
  const runOnly = rules === undefined ? { type: 'tag', values: standards } : { type: 'rule', values: rules };
  return page.evaluate(async (how) => {
    const axe: Axe = Reflect.get(globalThis, 'axe');
    const { violations, passes } = await axe.run(document, { runOnly: how, resultTypes: ['violations'] });
    return {
      violations: violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}${nodes.length > 3 ? ` and ${nodes.length - 3} more` : ''}`),
      rules: violations.length + passes.length,
    };
  }, runOnly);
}
