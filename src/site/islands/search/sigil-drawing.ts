import { classOfCode } from '../../search/class-code.ts';
import { classInWords, sigilPaths } from '../../sigil/sigil-paths.ts';

const svg = 'http://www.w3.org/2000/svg';

/** The sigil of a class's code, for the eye; an empty frame where there is no class. The words for it come beside. */
export function sigilDrawing(code: string | undefined): { readonly drawing: SVGSVGElement; readonly words: string } {
  const of = code === undefined ? undefined : classOfCode(code);
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('class', 'sigil');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  const cells = of ? sigilPaths(of).map(({ dimension, path }) => [`fill-${dimension}`, path]) : [['fill-none', 'M1 1H23V23H1zM2.5 2.5V21.5H21.5V2.5z']];
  for (const [name, path] of cells) {
    if (!name || !path) continue;
    const cell = document.createElementNS(svg, 'path');
    cell.setAttribute('class', name);
    cell.setAttribute('d', path);
    drawing.append(cell);
  }
  return { drawing, words: of ? classInWords(of) : 'a rival: no class' };
}
