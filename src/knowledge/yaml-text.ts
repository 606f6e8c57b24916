import { readPlainYaml } from './plain-yaml.ts';

/** A text as a value in one line of YAML, with quotes where it needs them. */
export function yamlText(text: string): string {
  const inList = readPlainYaml(`k: [${text}]`)?.['k'];
  const isPlain = readPlainYaml(`k: ${text}`)?.['k'] === text && Array.isArray(inList) && inList.length === 1 && inList[0] === text;
  return isPlain ? text : JSON.stringify(text);
}
