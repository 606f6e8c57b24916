import type { JsonPart } from './json-part.ts';
import { quoted } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The ids that a tokenizer puts before and behind a text (start, end, class token). */
export interface Around {
  readonly before: readonly number[];
  readonly behind: readonly number[];
}

export const nothingAround: Around = { before: [], behind: [] };

const readers: ReadonlyMap<string, (part: JsonPart) => Around> = new Map([
  ['TemplateProcessing', readTemplate],
  ['BertProcessing', readClassAndSeparator],
  ['RobertaProcessing', readClassAndSeparator],
  ['ByteLevel', (): Around => nothingAround],
  ['Sequence', readSequence],
]);

/**
 * What the `post_processor` of a tokenizer.json puts around a single text. Throws TokenizerError for a kind that isn't
 * known here and for an id that no token has.
 */
export function readAround(part: JsonPart, tokens: Pick<Vocabulary, 'tokenOf'>): Around {
  const around = part.pick('type', readers)(part);
  for (const id of [...around.before, ...around.behind]) {
    if (tokens.tokenOf(id) === undefined) part.fail(`puts the id ${id} around a text, and no token has it`);
  }
  return around;
}

function readSequence(part: JsonPart): Around {
  const steps = part.get('processors').list().map((step) => step.pick('type', readers)(step));
  return steps.reduce((inner, { before, behind }) => ({
    before: [...before, ...inner.before],
    behind: [...inner.behind, ...behind],
  }), nothingAround);
}

function readTemplate(part: JsonPart): Around {
  const ids = part.get('special_tokens');
  const before: number[] = [];
  const behind: number[] = [];
  let sequences = 0;
  for (const step of part.get('single').list()) {
    const special = step.find('SpecialToken');
    if (!special) {
      step.get('Sequence');
      sequences += 1;
      continue;
    }
    const name = special.get('id').text();
    const stated = ids.find(name) ?? special.fail(`names ${quoted(name)}, which special_tokens doesn't list`);
    (sequences === 0 ? before : behind).push(...stated.get('ids').list().map((id) => id.number()));
  }
  if (sequences !== 1) part.get('single').fail(`has ${sequences} places for the text; exactly one is needed`);
  return { before, behind };
}

/** `cls` before and `sep` behind, each `[token, id]`. */
function readClassAndSeparator(part: JsonPart): Around {
  const idIn = (name: string): number => {
    const pair = part.get(name);
    return (pair.list()[1] ?? pair.fail('must be a token and its id')).number();
  };
  return { before: [idIn('cls')], behind: [idIn('sep')] };
}
