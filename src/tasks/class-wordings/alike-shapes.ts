/** For each shape the three that it is most like, the nearest first. */
export const alikeShapes: Readonly<Record<string, readonly [nearest: string, next: string, third: string]>> = {
  circle: ['hexagon', 'ring', 'square'],
  square: ['hexagon', 'circle', 'diamond'],
  triangle: ['star', 'diamond', 'square'],
  plus: ['star', 'square', 'bar'],
  ring: ['circle', 'crescent', 'hexagon'],
  star: ['plus', 'triangle', 'diamond'],
  diamond: ['square', 'triangle', 'bar'],
  bar: ['square', 'plus', 'diamond'],
  crescent: ['ring', 'circle', 'star'],
  hexagon: ['circle', 'square', 'diamond'],
};
