/**
 * The bound of VPT's first prompts, v = √(6 / (3·patch² + width)): `patch` pixels a side and three channels lead to a token
 * (KMnP/vpt:src/models/vit_prompt/vit.py).
 */
export function promptBound(patch: number, width: number): number {
  return Math.sqrt(6 / (3 * patch * patch + width));
}
