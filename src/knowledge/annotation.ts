import type { Finding } from './finding.ts';
import { rules } from './finding.ts';

/** A text in the message of a workflow command. */
const inMessage = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** A text as the value of a property, where colons and commas have a meaning too. */
const inProperty = (text: string): string => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * A finding as a workflow command that a forge shows at the line:
 * `::error file=…,line=…,col=…,title=…::message` (GitHub's form, with its escapes).
 * @param folder the content folder as the repository names it
 */
export function annotation({ file, line, column, rule, found, allowed, suggestion, fixed, definition }: Finding, folder: string): string {
  const message = [
    ...(found === '' ? [] : [`found: ${found}`]),
    `allowed: ${allowed}`,
    ...(suggestion === null ? [] : [`nearest: ${suggestion}`]),
    ...(fixed === null ? [] : [`write: ${fixed}`]),
    `defined in: ${definition}`,
  ].join('\n');
  const properties = { file: `${folder}/${file}`, line: String(line), col: String(column), title: `${rule}: ${rules[rule]}` };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${inProperty(value)}`);
  return `::error ${list.join(',')}::${inMessage(message)}`;
}
