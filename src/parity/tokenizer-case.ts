import { z } from 'zod';
import { readTokenizerJson } from '../text/index.ts';
import type { Check, OracleCase } from './types.ts';

const ids = z.array(z.number());

const stringsSchema = z
  .array(
    z.object({
      text: z.string(),
      ids,
      decoded: z.string(),
      idsWithSpecials: ids.optional(),
      decodedWithSpecials: z.string().optional(),
    }),
  )
  .min(1);

/**
 * Encodes every text of `strings.json` with the case's `tokenizer.json` and decodes the expected ids, with and without
 * the tokens around a text. Error 0 when ids and text are equal, 1 when they aren't.
 */
export function checkTokenizer(oracle: OracleCase): readonly Check[] {
  const parse = (file: string): unknown => JSON.parse(new TextDecoder().decode(oracle.readFile(file)));
  const tokenizer = readTokenizerJson(parse('tokenizer.json'), `${oracle.id}/tokenizer.json`);
  return stringsSchema.parse(parse('strings.json')).flatMap((given) => {
    const compare = (what: string, ours: unknown, expected: unknown): Check => ({
      tensor: `${what} of ${JSON.stringify(given.text)}`,
      error: JSON.stringify(ours) === JSON.stringify(expected) ? 0 : 1,
      tolerance: 0,
    });
    const checks = [
      compare('ids', tokenizer.encode(given.text, { specials: false }), given.ids),
      compare('decoded', tokenizer.decode(given.ids), given.decoded),
    ];
    const { idsWithSpecials, decodedWithSpecials } = given;
    if (idsWithSpecials) checks.push(compare('idsWithSpecials', tokenizer.encode(given.text), idsWithSpecials));
    if (idsWithSpecials && decodedWithSpecials !== undefined) {
      checks.push(compare('decodedWithSpecials', tokenizer.decode(idsWithSpecials, { specials: true }), decodedWithSpecials));
    }
    return checks;
  });
}
