import { createHash } from 'node:crypto';
import { startTags } from './start-tags.ts';
import type { StartTag } from './start-tags.ts';

/** Types of script that a browser runs; others are data. */
const isRun = ({ attributes }: StartTag): boolean => /^(|module|text\/javascript|application\/javascript|importmap|speculationrules)$/i.test(attributes.get('type') ?? '');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * What a page may load and run: files of its own site, and those inline scripts and styles whose hashes stand here. Nothing may be
 * compiled from text, and no page needs WebAssembly: the search compiles it in a worker, which has no part in this policy.
 */
export function policyFor(scripts: readonly string[], styles: readonly string[]): string {
  const sources = (inline: readonly string[]): string => ["'self'", ...new Set(inline.map(hashOf))].join(' ');
  return [
    "default-src 'none'",
    `script-src ${sources(scripts)}`,
    "script-src-attr 'none'",
    `style-src ${sources(styles)}`,
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
  ].join('; ');
}

/**
 * A page with its Content-Security-Policy as the first thing in its head after the encoding.
 * @throws {Error} where the page has no head, or something that the policy would forbid: an inline style, a handler in an attribute
 */
export function withPolicy(html: string): string {
  // Nearly every page can be seen at once to hold nothing forbidden.
  const isSuspect = /[\s"'/](?:style|on[a-z]+)\s*=/i.test(html);
  for (const { name, attributes } of isSuspect ? startTags(html) : []) {
    const forbidden = [...attributes.keys()].find((key) => key === 'style' || /^on[a-z]+$/.test(key));
    if (forbidden !== undefined) throw new Error(`<${name} ${forbidden}="${attributes.get(forbidden) ?? ''}">: the pages' policy forbids it; write a class or a script file.`);
  }
  const tags = startTags(html, ['head', 'meta', 'script', 'style']);
  const inline = (kind: string): readonly string[] =>
    tags.flatMap((tag) => {
      if (tag.name !== kind || tag.attributes.has('src') || (kind === 'script' && !isRun(tag))) return [];
      const rest = html.slice(tag.end);
      return [rest.slice(0, rest.search(new RegExp(`</${kind}`, 'i')))];
    });
  const head = tags.find(({ name }) => name === 'head');
  const encoding = tags.find((tag) => tag.name === 'meta' && tag.attributes.has('charset'));
  const place = encoding ?? head;
  if (place === undefined) throw new Error('the page has no head for its policy.');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policyFor(inline('script'), inline('style'))}">`;
  return html.slice(0, place.end) + meta + html.slice(place.end);
}
