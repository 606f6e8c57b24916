import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { madeUpCatalogue } from '../made-up-catalogue.ts';
import { root } from '../parts/root.ts';

/** What makes the text of a made-up entry as long as those that people wrote, with formulas and a table. */
const more = String.raw`
## How it is trained

The tokens start as draws from a normal distribution whose variance is that of the word embeddings, and are then moved
by gradient descent on the loss of the task while $\theta$ stays as it is:

$$\hat y = O_\omega\big(f_\theta(I_{\lambda,\tau,\ell}(x, c))\big), \qquad \lambda^{*} = \arg\min_{\lambda} \sum_{i=1}^{n} \mathcal{L}\big(y_i, \hat y(x_i; \lambda)\big)$$

Nothing but $\lambda \in \mathbb{R}^{p \times d}$ is kept. With $\eta_t = \eta_0 \cdot \tfrac{1}{2}\big(1 + \cos(\pi t / T)\big)$ the
rate falls to zero over $T$ steps, and weight decay is left out, because a prompt has no scale that it ought to shrink to.

| length of the prompt | trained numbers | share of the model |
| --- | --- | --- |
| 1 | 512 | 0.001 % |
| 16 | 8,192 | 0.02 % |
| 64 | 32,768 | 0.08 % |

## What to look out for

- Short prompts are found at once and long ones late: with more than a hundred tokens the first thousand steps hardly
  change the loss, and a run that is stopped there says something about patience and nothing about prompts.
- The order of the classes matters where the rule at the end compares raw scores. Averaging over a few orders costs a
  few more passes and takes most of that away.
- On a model of another size the same seed gives another ranking of lengths. A length is therefore a part of the row and
  no detail of the set-up.

## Where paper and code part

The paper describes a linear warm-up, and the code has none. The paper trains on every sample, and the code leaves out
those that are longer than the model can read; how many these are is not said. The number of steps in the appendix is
half of that in the configuration file, which counts the two processors that it was run on as one step.

## Kin

What a learned prompt does in the space of embeddings a written instruction does in the space of words, with fewer
degrees of freedom and with nothing to train. What a pixel program does at the input, a prefix does inside each layer. The
three differ in where they stand and in how they are joined, and that is the whole of the table in which they are found.
`;

/** Writes the project's own content, filled up with made-up entries to `count` methods, into `folder`; gives their number. */
export function writeCatalogue(folder: string, count: number): number {
  const content = join(root, 'content');
  rmSync(folder, { recursive: true, force: true });
  cpSync(content, folder, { recursive: true });
  const own = readdirSync(join(content, 'methods')).filter((name) => name.endsWith('.md')).length;
  const files = count > own ? madeUpCatalogue(count - own, more) : [];
  for (const { path, text } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, path === 'references.bib' ? `${readFileSync(file, 'utf8')}\n${text}` : text);
  }
  return Math.max(count, own);
}
