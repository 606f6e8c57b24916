import type { Part } from './crop-png.ts';

/** What of a sheet of sample pictures is shown, and how many of its pictures. */
export interface SheetPart extends Part {
  readonly across: number;
  readonly pictures: number;
}

interface Sheet {
  readonly across: number;
  readonly shown: number;
  readonly width: number;
  readonly height: number;
}

const enough = 32;
const inAStrip = 4;

function partOf({ across, shown, width, height }: Sheet, columns: number, rows: number): SheetPart {
  // A line of one pixel stands around every picture.
  const [stepRight, stepDown] = [(width - 1) / across, (height - 1) / Math.ceil(shown / across)];
  return { across: columns, pictures: Math.min(shown, columns * rows), width: columns * stepRight + 1, height: rows * stepDown + 1 };
}

/** The rows that a task's own page shows: about 32 pictures, and every class at least once. */
export function specimens(sheet: Sheet, classes: number): SheetPart {
  const rows = Math.ceil(sheet.shown / sheet.across);
  return partOf(sheet, sheet.across, Math.min(rows, Math.max(Math.ceil(classes / sheet.across), Math.floor(enough / sheet.across))));
}

/** The first pictures of the first row, for a list. */
export function strip(sheet: Sheet): SheetPart {
  return partOf(sheet, Math.min(inAStrip, sheet.across), 1);
}
