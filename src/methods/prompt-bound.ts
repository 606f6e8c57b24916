/**
 * The bound of VPT's first prompts, v = √(6 / (tokenInputs + width)): so many numbers of the input lead to a token, 3·patch²
 * in a vision transformer (KMnP/vpt:src/models/vit_prompt/vit.py).
 */
export function promptBound(tokenInputs: number, width: number): number {
  return Math.sqrt(6 / (tokenInputs + width));
}
