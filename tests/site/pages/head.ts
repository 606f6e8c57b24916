import type { MakeCheck } from './page-check.ts';

/** Fewest and most characters of a description: search engines cut longer ones, and shorter ones say nothing. */
const descriptionLength = { least: 25, most: 320 } as const;

/** A language, a title that no other page has, a description, one first heading, and where the page stands. */
export const head: MakeCheck = ({ base, siteUrl }) => {
  const titles = new Map<string, string[]>();
  let count = 0;
  return {
    promise: 'every page has a language, a title of its own, a description and one first heading, and its address if the site knows it',
    what: 'pages',
    floor: (pages) => pages,
    *see({ address, html }) {
      count += 1;
      if (html.querySelector('html')?.getAttribute('lang') !== 'en') yield 'the language is not said';
      if (html.querySelector('html')?.getAttribute('data-base') !== base) yield `data-base is not ${base}`;
      const title = html.querySelector('head > title')?.text.trim() ?? '';
      if (title.length < 4) yield `the title is "${title}"`;
      titles.set(title, [...(titles.get(title) ?? []), address]);
      const description = html.querySelector('meta[name=description]')?.getAttribute('content')?.trim() ?? '';
      const { least, most } = descriptionLength;
      if (description.length < least || description.length > most) {
        yield `the description has ${description.length} characters, it should have ${least} to ${most}: "${description}"`;
      }
      const headings = html.querySelectorAll('h1');
      if (headings.length !== 1 || (headings[0]?.text.trim() ?? '') === '') yield `there are ${headings.length} first headings with text`;
      const canonical = html.querySelector('link[rel=canonical]')?.getAttribute('href');
      // A page that asks not to be found has no place of its own to name.
      const isHidden = html.querySelector('meta[name=robots][content*=noindex]') !== null;
      const wanted = siteUrl === '' || isHidden ? undefined : new URL(base + address.slice(1), siteUrl).href;
      if (canonical !== wanted) yield `the canonical address is ${canonical ?? 'missing'}, it should be ${wanted ?? 'missing'}`;
    },
    *finish() {
      for (const [title, addresses] of titles) {
        if (addresses.length > 1) yield `${addresses.slice(0, 4).join(', ')}${addresses.length > 4 ? ' …' : ''} have the same title: "${title}"`;
      }
    },
    examined: () => count,
  };
};

/** The pages of single works that machines should know as such. */
const entryTemplate = /^(methods|concepts|papers|models|tasks)\/\[\w+\]$/;

/** JSON-LD can be read and says what it is about; entries have it, and methods name their BibTeX and a share picture. */
export const forMachines: MakeCheck = ({ siteUrl }) => {
  let count = 0;
  return {
    promise: 'JSON-LD can be read and says its type; entries have it, methods also BibTeX and a share picture',
    what: 'pieces of JSON-LD',
    floor: (pages) => Math.ceil(pages / 4),
    *see({ html, template }) {
      const scripts = html.querySelectorAll('script[type="application/ld+json"]');
      for (const { rawText } of scripts) {
        count += 1;
        let data: unknown;
        try {
          data = JSON.parse(rawText);
        } catch (error) {
          yield `JSON-LD can't be read: ${error instanceof Error ? error.message : String(error)}`;
          continue;
        }
        const nodes = typeof data === 'object' && data !== null && '@graph' in data && Array.isArray(data['@graph']) ? data['@graph'] : [data].flat();
        if (JSON.stringify(data).includes('undefined')) yield 'JSON-LD says "undefined"';
        if (!/"@context":"https:\/\/schema\.org\/?"/.test(JSON.stringify(data))) yield 'JSON-LD has no @context of schema.org';
        if (nodes.length === 0 || !nodes.every((node: unknown) => typeof node === 'object' && node !== null && '@type' in node)) yield 'JSON-LD says no @type';
      }
      if (!entryTemplate.test(template)) return;
      if (scripts.length === 0) yield 'an entry has no JSON-LD';
      if (template !== 'methods/[id]') return;
      const alternates = html.querySelectorAll('link[rel=alternate]').map((link) => link.getAttribute('type') ?? '');
      if (!alternates.some((type) => type.includes('bibtex'))) yield 'a method names no BibTeX file in its head';
      if (siteUrl !== '' && !html.querySelector('meta[property="og:image"]')) yield 'a method has no share picture';
    },
    examined: () => count,
  };
};
