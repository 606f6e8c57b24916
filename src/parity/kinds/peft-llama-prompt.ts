export { runner } from './peft-gpt2-prompt.ts';
