/**
 * The port that the arguments ask for, as `--port 4400` or `--port=4400`; the given one without.
 * @throws {RangeError} when it isn't a port.
 */
export function portOption(args: readonly string[], otherwise: number): number {
  const place = args.findIndex((word) => word === '--port' || word.startsWith('--port='));
  if (place < 0) return otherwise;
  const word = args[place] ?? '';
  const text = word.includes('=') ? word.slice(word.indexOf('=') + 1) : (args[place + 1] ?? '');
  const port = Number(text);
  if (text !== '' && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new RangeError(`--port takes a number from 0 to 65535, not "${text}".`);
}
