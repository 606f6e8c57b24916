/** What a stretch of Markdown is. The text of a code or formula block is not read any further. */
export type BlockKind = 'paragraph' | 'heading' | 'item' | 'cell' | 'code' | 'formula';

/** A stretch of the text in which code spans, links and the like can begin and end. */
export interface Block {
  readonly kind: BlockKind;
  /** The block's characters; marks of quotations and lists in it are spaces, and so are carriage returns. */
  readonly text: string;
  /** Where the block starts in the whole text, in UTF-16 units. */
  readonly start: number;
}

interface Line {
  readonly text: string;
  readonly start: number;
  /** How many quotations it stands in. */
  readonly depth: number;
  /** Whether it goes on with a paragraph of a list or a quotation from outside. */
  readonly isLazy?: boolean;
  /** How many marks were taken from its start. */
  readonly marks: number;
}

/** Nobody nests lists and quotations deeper; what comes after so many marks is text. */
const deepest = 50;

interface Fence {
  readonly sign: string;
  readonly depth: number;
  readonly inside: number;
  readonly start: number;
}

const fenceStart = /^(?:`{3,}(?=[^`]*$)|~{3,}|\${2,}(?=[^$]*$))/;
const headingStart = /^#{1,6}(?:[ \t]|$)/;
const directiveLine = /^:{2,}[\p{L}\p{N}][\p{L}\p{N}_-]*(?:\[.*\])?(?:\{.*\})?\s*$/u;
const breakLine = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const underline = /^(?:=+|-+)[ \t]*$/;
const itemMark = /^(?:[-+*]|(\d{1,9})[.)])(?:[ \t]+|$)/;
const footnoteMark = /^\[\^[^\]\s]+\]:[ \t]*/;
/** What starts a block of HTML even right after a line of text. */
const htmlStart = new RegExp(
  `^<(?:!--|\\?|![A-Za-z]|!\\[CDATA\\[|/?(?:${'address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param pre script search section style summary table tbody td textarea tfoot th thead title tr track ul'.replaceAll(' ', '|')})(?:[\\s/>]|$))`,
  'i',
);
/** A tag alone in a line: it starts a block where it follows a list or a quotation from outside. */
const tagLine = /^<\/?[A-Za-z][^<>]*>\s*$/;
const tableRule = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** The column at which a text ends that stands at the start of a line; tabs go to the next multiple of four. */
function columnAfter(text: string): number {
  let column = 0;
  for (const sign of text) column = sign === '\t' ? column + 4 - (column % 4) : column + 1;
  return column;
}

/** As many spaces as a text has characters; its tabs stay, so that columns do. */
const blank = (text: string): string => text.replace(/[^\t]/g, ' ');

/** How many columns a table's row has. */
const columnsOf = (row: string): number => row.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '').replaceAll(/\\./g, '').split('|').length;

/** Index of the header of a table in the lines of a paragraph; -1 where they hold none. */
function tableIn(lines: readonly Line[]): number {
  return lines.findIndex(({ text, isLazy }, i) => {
    const next = lines[i + 1];
    if (!next || isLazy || next.isLazy || !next.text.includes('|') || !tableRule.test(next.text)) return false;
    return columnsOf(text) === columnsOf(next.text);
  });
}

/** The cells of a table's row, without the bars. */
function cellsOf({ text, start }: Line): readonly Block[] {
  const cells: Block[] = [];
  let from = 0;
  const add = (to: number): void => {
    const cell = text.slice(from, to);
    if (cell.trim() !== '') cells.push({ kind: 'cell', text: cell, start: start + from });
    from = to + 1;
  };
  for (const { 0: sign, index } of text.matchAll(/\\.|\|/g)) if (sign === '|') add(index);
  add(text.length);
  return cells;
}

/**
 * Takes a Markdown text apart into the blocks that the site's own reader (CommonMark with tables, formulas and
 * directives) sees, as far as it matters for what stands in one code span or link. Indented code counts as text.
 */
export function markdownBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: Line[] = [];
  let kind: BlockKind = 'paragraph';
  /** Column at which the text of the present list item starts; 0 outside lists. */
  let inside = 0;
  let fence: Fence | undefined;

  const close = (): void => {
    const lines = open;
    open = [];
    const add = (part: readonly Line[]): void => {
      const [first] = part;
      if (first) blocks.push({ kind, text: part.map((line) => line.text).join('\n'), start: first.start });
    };
    const header = kind === 'heading' ? -1 : tableIn(lines);
    if (header < 0) {
      add(lines);
      return;
    }
    const after = lines.findIndex(({ isLazy }, i) => i > header + 1 && isLazy);
    const end = after < 0 ? lines.length : after;
    add(lines.slice(0, header));
    for (const [i, line] of lines.slice(header, end).entries()) if (i !== 1) blocks.push(...cellsOf(line));
    add(lines.slice(end));
  };
  const closeFence = (end: number): void => {
    if (!fence) return;
    blocks.push({ kind: fence.sign.startsWith('$') ? 'formula' : 'code', text: text.slice(fence.start, end), start: fence.start });
    fence = undefined;
  };

  /** Takes a line whose first `width` columns are marks of quotations; `interrupts` says that they ended a paragraph. */
  const take = (line: Line, width: number, interrupts = false): void => {
    const start = line.text.search(/\S/);
    const indent = columnAfter(line.text.slice(0, start));
    const last = open.at(-1);
    if (last && line.depth > last.depth) close();
    if (open.length === 0 && indent < inside) inside = 0;
    const base = Math.max(width, indent >= inside ? inside : 0);
    const rest = line.text.slice(start);
    const without = (mark: string): Line => ({ ...line, text: line.text.slice(0, start) + blank(mark) + rest.slice(mark.length), marks: line.marks + 1 });
    if (indent - base > 3 || line.marks >= deepest) {
      open.push(line);
      if (open.length === 1) {
        kind = 'paragraph';
        close();
      }
      return;
    }
    if (rest.startsWith('>')) {
      if (indent < inside) inside = 0;
      const quoted = without(rest.startsWith('> ') ? '> ' : '>');
      if (quoted.text.trim() === '') close();
      else take({ ...quoted, depth: line.depth + 1 }, indent + 1, interrupts || open.length > 0);
      return;
    }
    const isLazy = last !== undefined && (indent < inside || line.depth < last.depth);
    if (htmlStart.test(rest) || (isLazy && tagLine.test(rest))) close();
    const sign = fenceStart.exec(rest)?.[0];
    if (sign !== undefined) {
      close();
      fence = { sign, depth: line.depth, inside: base, start: line.start };
      return;
    }
    if (open.length > 0 && underline.test(rest)) {
      kind = 'heading';
      close();
      return;
    }
    if (breakLine.test(rest)) {
      close();
      return;
    }
    if (headingStart.test(rest) || directiveLine.test(rest)) {
      close();
      kind = headingStart.test(rest) ? 'heading' : 'paragraph';
      open = [line];
      close();
      return;
    }
    const mark = itemMark.exec(rest);
    const isFree = open.length === 0 ? !interrupts : kind === 'item';
    const isNew = isFree || (mark?.[0] !== rest && (mark?.[1] ?? '1') === '1');
    if (mark && isNew) {
      close();
      const bare = mark[0].trimEnd().length;
      const padding = columnAfter(line.text.slice(0, start) + mark[0]) - indent - bare;
      inside = indent + bare + (padding > 4 || mark[0] === rest ? 1 : padding);
      kind = 'item';
      if (mark[0] !== rest) take(without(mark[0]), width);
      return;
    }
    const note = footnoteMark.exec(rest)?.[0];
    if (note !== undefined) {
      close();
      inside = base + 4;
      if (note !== rest) take(without(note), width);
      return;
    }
    if (open.length === 0) kind = inside > 0 && indent >= inside ? 'item' : 'paragraph';
    open.push({ ...line, isLazy });
  };

  let start = 0;
  for (const raw of text.split('\n')) {
    const whole = raw.endsWith('\r') ? `${raw.slice(0, -1)} ` : raw;
    const end = start + raw.length + 1;
    if (fence) {
      const marks = new RegExp(`^(?: {0,3}> ?){${fence.depth}}`).exec(whole)?.[0];
      const line = marks === undefined ? whole : blank(marks) + whole.slice(marks.length);
      const content = line.trim();
      const indent = columnAfter(/^\s*/.exec(line)?.[0] ?? '');
      const leaves = marks === undefined || (content !== '' && indent < fence.inside);
      const [sign = ''] = fence.sign;
      const closes = content.length >= fence.sign.length && content === sign.repeat(content.length) && indent - fence.inside <= 3;
      if (closes || leaves) closeFence(leaves ? start : end);
      if (!leaves) {
        start = end;
        continue;
      }
    }
    if (whole.trim() === '') close();
    else take({ text: whole, start, depth: 0, marks: 0 }, 0);
    start = end;
  }
  close();
  closeFence(text.length);
  return blocks;
}
