/** A box of a drawing: left and upper edge, width, height. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point that wants a label of a size beside it. */
export interface Anchor {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlap(a: Box, b: Box): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > 0 && down > 0 ? across * down : 0;
}

/**
 * A place for each label: of those around its point, and then further off, the one that covers least of the other labels
 * and of the points, within `frame`. Labels are placed in their order.
 */
export function placeLabels(anchors: readonly Anchor[], points: readonly Box[], frame: Box): readonly Box[] {
  const placed: Box[] = [];
  for (const { x, y, width, height } of anchors) {
    const candidates = [0, 1, 2, 3].flatMap((ring) => {
      const away = 4 + ring * 6;
      return [
        { x: x - width - away, y: y - away - height },
        { x: x - width / 2, y: y - away - height - 2 },
        { x: x + away, y: y - away - height },
        { x: x + away + 2, y: y + away },
        { x: x - width / 2, y: y + away + 2 },
        { x: x - width - away, y: y + away },
      ].map((corner, i) => ({ box: { ...corner, width, height }, cost: ring * 30 + i }));
    });
    const scored = candidates.map(({ box, cost }) => {
      const outside = width * height - overlap(box, frame);
      const over = placed.reduce((sum, other) => sum + overlap(box, other), 0);
      const onPoints = points.reduce((sum, point) => sum + overlap(box, point), 0);
      return { box, cost: cost + 50 * outside + 20 * over + 4 * onPoints };
    });
    const [best] = scored.toSorted((a, b) => a.cost - b.cost);
    if (best) placed.push(best.box);
  }
  return placed;
}
