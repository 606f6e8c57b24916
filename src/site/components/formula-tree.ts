import type { Dimension, TaxonomyClass } from '../../taxonomy/index.ts';
import { escapeText } from '../plots/escape-text.ts';

/** A piece of MathML. */
export interface MathNode {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (MathNode | string)[];
}

const node = (tag: string, children: readonly (MathNode | string)[], attributes: MathNode['attributes'] = {}): MathNode => ({ tag, attributes, children });
const operator = (sign: string): MathNode => node('mo', [sign], '()^'.includes(sign) ? { stretchy: 'false' } : {});
const letters: Readonly<Record<Dimension, string>> = { configuration: 'λ', location: 'ℓ', operator: 'τ', alignment: 'ω' };

export interface FormulaForm {
  /** What is read out. */
  readonly label: string;
  /** Values in place of the letters. */
  readonly of?: TaxonomyClass | undefined;
  /** Slots to be marked. */
  readonly marked?: readonly Dimension[];
}

/** ŷ = O_ω ∘ f ∘ I_{λ,τ,ℓ}(x, c), with the letters or with a class's values in their place. */
export function formulaTree({ label, of, marked = [] }: FormulaForm): MathNode {
  const slot = (dimension: Dimension): MathNode => {
    const attributes = { class: `dim-${dimension}${marked.includes(dimension) ? ' differs' : ''}` };
    return of ? node('mtext', [of[dimension].join(' or ') || '–'], attributes) : node('mi', [letters[dimension]], attributes);
  };
  const comma = of ? node('mtext', [',\u00a0']) : operator(',');
  return node(
    'math',
    [
      node('mrow', [
        node('mover', [node('mi', ['y']), operator('^')]),
        operator('='),
        node('msub', [node('mi', ['O']), slot('alignment')]),
        operator('∘'),
        node('mi', ['f']),
        operator('∘'),
        node('msub', [node('mi', ['I']), node('mrow', [slot('configuration'), comma, slot('operator'), comma, slot('location')])]),
        operator('('),
        node('mi', ['x']),
        operator(','),
        node('mi', ['c']),
        operator(')'),
      ]),
    ],
    { display: 'block', 'aria-label': label },
  );
}

/** How the formula of a class is read out. */
export function formulaInWords({ configuration, location, operator: joined, alignment }: TaxonomyClass): string {
  const either = (values: readonly string[]): string => values.join(' or ');
  return `y hat equals ${either(alignment)} alignment after the frozen model after a ${either(configuration)}, ${either(joined)} manipulation at the ${either(location)}`;
}

/** MathML as text. */
export function mathMarkup(math: MathNode | string): string {
  if (typeof math === 'string') return escapeText(math);
  const attributes = Object.entries(math.attributes).map(([name, value]) => ` ${name}="${escapeText(value)}"`);
  return `<${math.tag}${attributes.join('')}>${math.children.map(mathMarkup).join('')}</${math.tag}>`;
}
