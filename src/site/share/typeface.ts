import opentype from 'opentype.js';
import type { Command, Font, Glyph } from 'opentype.js';

/** Text as outlines, so that a picture needs no font where it is drawn. */
export interface Typeface {
  /** Width of a line in pixels. */
  widthOf(text: string, size: number): number;
  /** The line's outline with its base line at `y`, as the data of an SVG path. */
  outline(text: string, x: number, y: number, size: number): string;
}

/**
 * A typeface of several files that share a design, each with its part of the characters; the first that has a character draws it. A
 * character that none has is drawn as its base letter, or left out. Letters stand side by side without kerning.
 */
export function typeface(files: readonly Uint8Array[]): Typeface {
  const fonts = files.map((file) => opentype.parse(new Uint8Array(file).buffer));
  const known = new Map<string, readonly Placed[]>();

  interface Placed {
    readonly glyph: Glyph;
    /** Of one em. */
    readonly advance: number;
  }
  const placed = (font: Font, glyph: Glyph): Placed => ({ glyph, advance: glyph.advanceWidth / font.unitsPerEm });

  function lookUp(character: string): readonly Placed[] {
    for (const font of fonts) {
      const glyph = font.charToGlyph(character);
      if (glyph.index > 0) return [placed(font, glyph)];
    }
    const base = character.normalize('NFKD').replace(/\P{ASCII}/gu, '');
    return base === '' || base === character ? [] : [...base].flatMap(lookUp);
  }

  const glyphsOf = (text: string): readonly Placed[] =>
    [...text.normalize('NFC')].flatMap((character) => {
      const found = known.get(character) ?? lookUp(character);
      known.set(character, found);
      return found;
    });

  return {
    widthOf: (text, size) => glyphsOf(text).reduce((width, { advance }) => width + advance * size, 0),
    outline(text, x, y, size) {
      let at = x;
      return glyphsOf(text)
        .map(({ glyph, advance }) => {
          const data = glyph.getPath(at, y, size).commands.map(written).join('');
          at += advance * size;
          return data;
        })
        .join('');
    },
  };
}

/** A command of a path, to a tenth of a pixel. */
function written({ type, x1, y1, x2, y2, x, y }: Command): string {
  return type + [x1, y1, x2, y2, x, y].flatMap((value) => (value === undefined ? [] : [Math.round(value * 10) / 10])).join(' ');
}
