export { unknownName } from '../assets/index.ts';
