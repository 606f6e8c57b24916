import { fileURLToPath } from 'node:url';

/** The committed catalogue. */
export const contentFolder = fileURLToPath(new URL('../../content', import.meta.url));
