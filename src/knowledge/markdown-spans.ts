/** Offsets into the text that was scanned, the end not included. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A code span or a formula: its text means nothing else. */
export interface LiteralSpan extends Stretch {
  readonly kind: 'code' | 'math';
}

/** What HTML would take for a tag, a comment or the like, closed or not. */
export interface TagSpan extends Stretch {
  readonly kind: 'tag';
}

/** Where a link, an image or a definition leads: the stretch is the address alone. */
export interface AddressSpan extends Stretch {
  readonly kind: 'address';
  /** False where what follows keeps it from being a link. */
  readonly isLink: boolean;
}

/** `:name[label]{…}`, with one colon or more. */
export interface DirectiveSpan extends Stretch {
  readonly kind: 'directive';
  readonly colons: number;
  readonly name: string;
  readonly label: Stretch | undefined;
  readonly hasBraces: boolean;
  /** What stands between braces that are closed and hold names and values alone; it lies behind the span's end. */
  readonly attributes: Stretch | undefined;
}

export type Span = LiteralSpan | TagSpan | AddressSpan | DirectiveSpan;

/** Elements of HTML with names of more than a letter: these count even where the closing bracket is missing. */
const elements = new Set(
  `abbr address applet area article aside audio base basefont bdi bdo big blink blockquote body br button canvas caption
  center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt element em embed
  fieldset figcaption figure font footer foreignobject form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
  iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem
  meta meter nav nobr noembed noframes noscript object ol optgroup option output param picture plaintext portal pre
  progress rp rt ruby samp script search section select shadow slot small source spacer span strike strong style sub
  summary sup svg table tbody td template textarea tfoot th thead time title tr track tt ul use var video wbr xmp`
    .split(/\s+/),
);

const punctuation = /[!-/:-@[-`{-~]/;
const autolink = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*)>/y;
const markup = /<(?:!--|!\[CDATA\[|![A-Za-z]|\?|\/?([A-Za-z][A-Za-z0-9:-]*)((?=[\s/>]|$)[^<>]*)(>?))/y;
const directiveName = /[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?/uy;
const definition = /[ \t]*\[(?!\^)((?:\\.|[^[\]\\])+)\]:[ \t]*\n?[ \t]*(<[^<>\n]*>|\S+)/y;
const title = /(?:[ \t]+\n?|\n)[ \t]*(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))/y;
/** Signs of names and values: none of them means anything else in Markdown. */
const braces = /\{([\w.,=+/ ()%"-]*)\}/y;
const lineEnd = /[ \t]*(?:\n|$)/y;
const linkEnd = /\s*\)/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Index after the pattern where it stands at `at`, else `at`. */
function after(pattern: RegExp, text: string, at: number): number {
  return at + (matchAt(pattern, text, at)?.[0].length ?? 0);
}

/** For runs of a sign, such as backticks: the next run of the same length. */
function runsOf(text: string, sign: RegExp): (at: number, length: number) => number {
  let starts: Map<number, number[]> | undefined;
  return (at, length) => {
    if (!starts) {
      starts = new Map();
      for (const { 0: run, index } of text.matchAll(sign)) {
        const list = starts.get(run.length);
        if (list) list.push(index);
        else starts.set(run.length, [index]);
      }
    }
    const list = starts.get(length) ?? [];
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return list[low] ?? -1;
  };
}

/** Labels and addresses are no longer: a text full of brackets that don't close would be read again from each of them. */
const longest = 4000;

/** End of a label that opens at `at`, brackets in pairs; -1 where it isn't closed. */
function labelEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < Math.min(text.length, at + longest); i += 1) {
    const sign = text[i];
    if (sign === '\\') i += 1;
    else if (sign === '[') depth += 1;
    else if (sign === ']') {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
}

/** The address that starts at `at`: in angle brackets, or up to a space or a bracket too many; empty where one is not closed. */
function destination(text: string, at: number): Stretch {
  if (text[at] === '<') {
    const end = text.indexOf('>', at);
    const isOneLine = end >= 0 && !text.slice(at, end).includes('\n');
    if (isOneLine) return { start: at + 1, end };
  }
  let depth = 0;
  let end = at;
  for (; end < text.length; end += 1) {
    if (end - at > longest) return { start: at, end: at };
    const sign = text[end] ?? '';
    if (/\s/.test(sign)) break;
    if (sign === '\\' && punctuation.test(text[end + 1] ?? '')) end += 1;
    else if (sign === '(') depth += 1;
    else if (sign === ')') {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  return { start: at, end: depth > 0 ? at : Math.min(end, text.length) };
}

/** An address that stands in the text as it is; what follows up to a space belongs to it, backticks too. */
const bareAddress = /(?:https?:\/\/|www\.)(?![\p{L}\p{N}.-]*_)[\p{L}\p{N}.-]+(?:\](?![([])|[^\s<\]])*/iuy;
const interesting = /[\\`$<[\]:]|(?<![A-Za-z])https?:\/\/|(?<![^\s(*_[\]~])www\./gi;

/**
 * The code spans, formulas, tags, addresses and directives of a block of Markdown, from left to right, as the site's own
 * reader finds them: what stands in one of them is nothing else.
 */
export function markdownSpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  const nextBackticks = runsOf(text, /`+/g);
  const nextDollars = runsOf(text, /\$+/g);

  /** Reads from `from` up to `to`; the text of a label is read by itself. */
  const read = (from: number, to: number): void => {
    let brackets = 0;
    let at = from;
    const pattern = new RegExp(interesting);
    for (;;) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match || match.index >= to) return;
      at = match.index;
      const [sign] = match;
      if (sign.length > 1) {
        const address = matchAt(bareAddress, text, at)?.[0].replace(/[!"&'*,.:;?_~)\]]+$/, '') ?? '';
        at += Math.max(sign.length, address.length);
      } else if (sign === '\\') {
        at += punctuation.test(text[at + 1] ?? '') ? 2 : 1;
      } else if (sign === '`' || sign === '$') {
        let end = at;
        while (text[end] === sign) end += 1;
        const length = end - at;
        const closing = (sign === '`' ? nextBackticks : nextDollars)(end, length);
        if (closing >= 0 && closing + length <= to) {
          spans.push({ kind: sign === '`' ? 'code' : 'math', start: at, end: closing + length });
          at = closing + length;
        } else at = end;
      } else if (sign === '<') {
        at = readAngle(at);
      } else if (sign === '[') {
        brackets += 1;
        at += 1;
      } else if (sign === ']') {
        at += 1;
        if (brackets === 0) continue;
        brackets -= 1;
        if (text[at] === '(') at = readLink(at + 1);
      } else {
        at = readDirective(at, to);
      }
    }
  };

  const readAngle = (at: number): number => {
    const link = matchAt(autolink, text, at);
    if (link) {
      spans.push({ kind: 'address', start: at + 1, end: at + link[0].length - 1, isLink: true });
      return at + link[0].length;
    }
    const tag = matchAt(markup, text, at);
    if (!tag) return at + 1;
    const [found, name, , closing] = tag;
    const isClosed = name === undefined || closing === '>';
    if (!isClosed && !elements.has(name.toLowerCase())) return at + 1;
    const end = isClosed ? at + found.length : text.indexOf(name, at) + name.length;
    spans.push({ kind: 'tag', start: at, end });
    return end;
  };

  const readLink = (at: number): number => {
    const stretch = destination(text, after(/\s*/y, text, at));
    const past = text[stretch.end] === '>' && text[stretch.start - 1] === '<' ? stretch.end + 1 : stretch.end;
    const end = matchAt(linkEnd, text, after(title, text, past));
    spans.push({ kind: 'address', ...stretch, isLink: end !== null });
    return end ? end.index + end[0].length : at;
  };

  const readDirective = (at: number, to: number): number => {
    let nameStart = at;
    while (text[nameStart] === ':') nameStart += 1;
    const colons = nameStart - at;
    const name = matchAt(directiveName, text, nameStart)?.[0];
    if (name === undefined) return nameStart;
    let end = nameStart + name.length;
    if (text[end] === ':') return end;
    let label: Stretch | undefined;
    if (text[end] === '[') {
      const closing = labelEnd(text, end);
      if (closing >= 0 && closing < to) {
        label = { start: end + 1, end: closing };
        end = closing + 1;
      }
    }
    const hasBraces = text[end] === '{';
    const inner = label && matchAt(braces, text, end)?.[1];
    const attributes = inner === undefined ? undefined : { start: end + 1, end: end + 1 + inner.length };
    spans.push({ kind: 'directive', start: at, end, colons, name, label, hasBraces, attributes });
    if (label) read(label.start, label.end);
    return attributes ? attributes.end + 1 : end;
  };

  let at = 0;
  for (let match = matchAt(definition, text, at); match; match = matchAt(definition, text, at)) {
    const [found, , address = ''] = match;
    const inAngles = address.startsWith('<');
    const end = at + found.length;
    const past = after(title, text, end);
    const isWhole = inAngles || destination(text, end - address.length).end === end;
    const isLink = isWhole && (matchAt(lineEnd, text, past) !== null || matchAt(lineEnd, text, end) !== null);
    spans.push({ kind: 'address', start: end - address.length + (inAngles ? 1 : 0), end: end - (inAngles ? 1 : 0), isLink });
    if (!isLink) break;
    at = after(lineEnd, text, matchAt(lineEnd, text, past) ? past : end);
    if (at >= text.length) break;
  }
  read(at, text.length);
  return spans;
}
