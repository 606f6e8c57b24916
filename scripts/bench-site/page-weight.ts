import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'node-html-parser';

/** Bytes that a browser loads to show a page for the first time, as sent with gzip; `htmlPlain` is without it. */
export interface PageWeight {
  readonly htmlPlain: number;
  readonly html: number;
  readonly styles: number;
  /** Scripts that the page loads by itself, and what they import, but nothing loaded later on demand. */
  readonly scripts: number;
  readonly pictures: number;
  readonly total: number;
}

const imported = /(?:^|[;}\s])(?:import|export)\s*(?:[\w${},*\s]+?\s*from\s*)?["']([^"']+)["']/g;

/** Weighs pages of the built site in `folder`, whose addresses begin with `base`; each file is packed once. */
export function scaleFor(folder: string, base: string): (file: string) => PageWeight {
  const weights = new Map<string, number>();

  function weigh(file: string): number {
    const known = weights.get(file);
    if (known !== undefined) return known;
    const path = join(folder, file);
    const isPacked = /\.(png|jpe?g|webp|woff2|zip)$/.test(file);
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const weight = isPacked || bytes.length === 0 ? bytes.length : gzipSync(bytes).length;
    weights.set(file, weight);
    return weight;
  }

  /** A script and everything that it imports at once. */
  function withImports(file: string, seen: Set<string>): void {
    if (seen.has(file) || !existsSync(join(folder, file))) return;
    seen.add(file);
    for (const [, target = ''] of readFileSync(join(folder, file), 'utf8').matchAll(imported)) {
      if (target.startsWith('.')) withImports(posix.join(posix.dirname(file), target), seen);
      else if (target.startsWith(base)) withImports(target.slice(base.length), seen);
    }
  }

  return (file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    const html = parse(source);
    const local = (target: string | undefined): string[] => {
      if (target === undefined || /^([a-z]+:|\/\/)/i.test(target)) return [];
      const { pathname } = new URL(target, `https://atlas.invalid${base}${dirname(file)}/`);
      return [decodeURIComponent(pathname).slice(base.length)];
    };
    const named = (selector: string, attribute: string): string[] => [
      ...new Set(html.querySelectorAll(selector).flatMap((element) => local(element.getAttribute(attribute)))),
    ];
    const scripts = new Set<string>();
    for (const script of [...named('script[src]', 'src'), ...named('link[rel=modulepreload]', 'href')]) withImports(script, scripts);
    const sum = (files: Iterable<string>): number => [...files].reduce((total, each) => total + weigh(each), 0);
    const parts = {
      html: gzipSync(source).length,
      styles: sum(named('link[rel=stylesheet]', 'href')),
      scripts: sum(scripts),
      pictures: sum([...named('link[rel=icon]', 'href'), ...named('img[src]:not([loading=lazy])', 'src')]),
    };
    return { htmlPlain: Buffer.byteLength(source), ...parts, total: parts.html + parts.styles + parts.scripts + parts.pictures };
  };
}
