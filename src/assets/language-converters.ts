import { FormatError } from './bytes.ts';
import type { Content, Converter } from './converters.ts';
import { fileOf } from './converters.ts';
import { readLabelledLines } from './read-labelled-lines.ts';
import type { LineForm } from './read-labelled-lines.ts';
import { readLlama2c } from './read-llama2c.ts';
import { readSafetensors } from './read-safetensors.ts';
import type { TensorData } from './tensor-data.ts';

/**
 * Two files of labelled sentences → for each pool the text `<pool>-sentences`, one a line, and the tensor
 * `<pool>-labels`; and the names of the classes. The order stays.
 */
export function sentencesFromLines(
  files: { readonly train: string; readonly test: string },
  form: Omit<LineForm, 'classes'>,
  classes: readonly string[],
): Converter {
  return async (bytes): Promise<Content> => {
    const pools = (['train', 'test'] as const).map((part) => {
      const read = readLabelledLines(fileOf(bytes, files[part]), files[part], { ...form, classes: classes.length });
      return { part, ...read };
    });
    return {
      tensors: new Map(
        pools.map(({ part, labels }): [string, TensorData] => [
          `${part}-labels`,
          { dtype: 'uint8', shape: [labels.length], values: labels },
        ]),
      ),
      text: new Map([
        ['classes', `${classes.join('\n')}\n`],
        ...pools.map(({ part, sentences }) => [`${part}-sentences`, `${sentences.join('\n')}\n`] as const),
      ]),
    };
  };
}

/**
 * A checkpoint of llama2.c and its tokenizer → the tensors under Meta's names, the header as the text `config.json`, and
 * the tokenizer's file, whose scores are numbers, as bytes: the tensor `tokenizer.bin`.
 */
export function modelFromLlama2c(checkpoint: string, tokenizer: string): Converter {
  return async (files) => {
    const { config, tensors } = readLlama2c(fileOf(files, checkpoint), checkpoint);
    const bytes = fileOf(files, tokenizer);
    return {
      tensors: new Map([...tensors, ['tokenizer.bin', { dtype: 'uint8', shape: [bytes.length], values: bytes }]]),
      text: new Map([['config.json', JSON.stringify(config)]]),
    };
  };
}

/** A folder with Hugging Face's files: `model.safetensors` gives the tensors, every other file is a text under its name. */
export const modelFromFolder: Converter = async (files) => {
  const weights = 'model.safetensors';
  const texts = [...files].filter(([name]) => name !== weights).map(([name, bytes]): [string, string] => {
    try {
      return [name, new TextDecoder('utf-8', { fatal: true }).decode(bytes)];
    } catch {
      throw new FormatError(name, 0, 'the file is not UTF-8');
    }
  });
  return { tensors: readSafetensors(fileOf(files, weights), weights), text: new Map(texts) };
};
