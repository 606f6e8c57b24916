import { createHash } from 'node:crypto';
import { placeOf } from './page-check.ts';
import type { ExaminedPage, MakeCheck } from './page-check.ts';

type Policy = ReadonlyMap<string, readonly string[]>;

/** A Content-Security-Policy by directive. */
function readPolicy(text: string): Policy {
  const directives = text.split(';').map((part) => part.trim().split(/\s+/)).filter(([name]) => name !== '' && name !== undefined);
  return new Map(directives.map(([name = '', ...sources]) => [name.toLowerCase(), sources]));
}

/** Types of `<script>` that hold data and are never run. */
const dataTypes: readonly string[] = ['application/ld+json', 'application/json'];

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const allowedSource = /^('none'|'self'|'sha(256|384|512)-[A-Za-z0-9+/=]+'|'wasm-unsafe-eval'|'strict-dynamic')$/;
/** Directives that may name more than the site itself: pictures drawn in the page, and workers made of the site's own code. */
const wider: Readonly<Record<string, RegExp>> = { 'img-src': /^data:$/, 'worker-src': /^blob:$/, 'font-src': /^data:$/ };

function* faultsOfPolicy(policy: Policy): Generator<string> {
  const fallback = policy.get('default-src') ?? [];
  if (fallback.join() !== "'none'" && fallback.join() !== "'self'") yield `default-src is "${fallback.join(' ')}", it must be 'none' or 'self'`;
  for (const [name, sources] of policy) {
    if (name.endsWith('-src') || name === 'base-uri' || name === 'form-action') {
      for (const source of sources) {
        if (!allowedSource.test(source) && !wider[name]?.test(source)) yield `${name} allows ${source}`;
      }
    }
  }
  if (!policy.has('base-uri')) yield 'base-uri is missing: a <base> could redirect every link';
  if (!policy.has('object-src') && fallback.join() !== "'none'") yield 'object-src is missing';
}

function* faultsOfInline({ html }: ExaminedPage, policy: Policy): Generator<string> {
  const allowed = (kind: 'script' | 'style'): readonly string[] => policy.get(`${kind}-src-elem`) ?? policy.get(`${kind}-src`) ?? policy.get('default-src') ?? [];
  for (const script of html.querySelectorAll('script')) {
    if (script.hasAttribute('src') || dataTypes.includes(script.getAttribute('type') ?? '')) continue;
    const hash = hashOf(script.rawText);
    if (!allowed('script').includes(hash)) yield `an inline script is not in script-src: ${hash}, it begins "${script.rawText.trim().slice(0, 60)}"`;
  }
  for (const style of html.querySelectorAll('style')) {
    const hash = hashOf(style.rawText);
    if (!allowed('style').includes(hash)) yield `an inline style is not in style-src: ${hash}, it begins "${style.rawText.trim().slice(0, 60)}"`;
  }
}

/** A strict policy stands on every page before anything it rules over, and allows exactly what is inline. */
export const security: MakeCheck = () => {
  let count = 0;
  return {
    promise: 'a strict Content-Security-Policy stands first, with the right hash for everything inline',
    what: 'policies',
    floor: (pages) => pages,
    *see(page) {
      const metas = page.html.querySelectorAll('meta[http-equiv]').filter((meta) => /^content-security-policy$/i.test(meta.getAttribute('http-equiv') ?? ''));
      const [meta, ...more] = metas;
      if (meta === undefined) {
        yield 'there is no Content-Security-Policy';
        return;
      }
      count += 1;
      if (more.length > 0) yield `there are ${metas.length} policies`;
      if (meta.closest('head') === null) yield 'the policy stands outside <head>, where browsers pass over it';
      const ruled = page.html.querySelector('script, style, link[rel=stylesheet], link[rel=modulepreload]');
      if (ruled && ruled.range[0] < meta.range[0]) yield `${placeOf(ruled)} stands before the policy, which doesn't hold for it`;
      const policy = readPolicy(meta.getAttribute('content') ?? '');
      yield* faultsOfPolicy(policy);
      yield* faultsOfInline(page, policy);
    },
    examined: () => count,
  };
};

const loading: Readonly<Record<string, readonly string[]>> = {
  SCRIPT: ['src'], IMG: ['src', 'srcset'], SOURCE: ['src', 'srcset'], IFRAME: ['src'], VIDEO: ['src', 'poster'], AUDIO: ['src'], EMBED: ['src'],
  OBJECT: ['data'], INPUT: ['src'], TRACK: ['src'], USE: ['href', 'xlink:href'], IMAGE: ['href', 'xlink:href'],
};
const loadingRelations = /\b(stylesheet|icon|preload|modulepreload|prefetch|preconnect|dns-prefetch|manifest)\b/;

/** Nothing inline that a policy forbids, nothing from elsewhere, and links go over https. */
export const harmlessMarkup: MakeCheck = () => {
  let count = 0;
  return {
    promise: 'no inline style, handler or script address; nothing is loaded from elsewhere; links go over https',
    what: 'elements',
    floor: (pages) => pages * 50,
    *see({ elements }) {
      for (const element of elements) {
        count += 1;
        for (const name of Object.keys(element.attributes)) {
          const value = element.getAttribute(name) ?? '';
          if (name === 'style') yield `${placeOf(element)} has style="${value}"`;
          else if (/^on[a-z]+$/i.test(name)) yield `${placeOf(element)} has ${name}="${value}"`;
          else if (/^\s*(javascript|vbscript|data:text\/html)/i.test(value) && name !== 'content') yield `${placeOf(element)} has ${name}="${value}"`;
        }
        const loads = loading[element.tagName] ?? (element.tagName === 'LINK' && loadingRelations.test(element.getAttribute('rel') ?? '') ? ['href'] : []);
        for (const name of loads) {
          const target = element.getAttribute(name) ?? '';
          if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target) && !target.startsWith('data:image/')) yield `${placeOf(element)} loads ${target}`;
        }
        const target = element.tagName === 'A' ? (element.getAttribute('href') ?? '') : '';
        if (/^(?!https:|mailto:)[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) yield `${placeOf(element)} links to ${target}`;
      }
    },
    examined: () => count,
  };
};
