import type { HTMLElement } from 'node-html-parser';
import type { BuiltPage } from '../built-site.ts';

/** A page with all its elements, taken once for all checks. */
export interface ExaminedPage extends BuiltPage {
  readonly elements: readonly HTMLElement[];
  /** The file in `src/site/pages/` that made it, without its ending. */
  readonly template: string;
}

/** The built site that pages belong to. */
export interface SiteUnderTest {
  /** Absolute. */
  readonly folder: string;
  /** `/` or `/atlas/` */
  readonly base: string;
  /** Empty where the site doesn't know where it will stand. */
  readonly siteUrl: string;
  /** Every file, from the folder, with slashes. */
  readonly files: ReadonlySet<string>;
  /** Addresses of the pages that slow checks look at. */
  readonly sample: ReadonlySet<string>;
}

/** One check over all pages, each of which it is shown once. */
export interface PageCheck {
  /** What holds for every page: the name of the test. */
  readonly promise: string;
  /** What `examined` counts: "links". */
  readonly what: string;
  /** How many there are at least on a site of `pages` pages. */
  floor(pages: number): number;
  /** Looks at a page and gives its faults, without the page's address. */
  see(page: ExaminedPage): Iterable<string>;
  /** Faults that show only when every page has been seen, each with its address. */
  finish?(): Iterable<string>;
  examined(): number;
}

/** Makes a check for one site: a check counts, so each site gets its own. */
export type MakeCheck = (site: SiteUnderTest) => PageCheck;

/** Where an element stands, for a person who looks for it. */
export function placeOf(element: HTMLElement): string {
  const parts: string[] = [];
  for (let at: HTMLElement | null = element; at !== null && at.tagName && parts.length < 4; at = at.parentNode) {
    const name = at.tagName.toLowerCase();
    parts.unshift(at.id ? `${name}#${at.id}` : at.classNames ? `${name}.${at.classNames.trim().replace(/\s+/g, '.')}` : name);
    if (at.id) break;
  }
  return parts.join(' > ');
}
