export { encodePng } from './cards/encode-png.node.ts';
export { writeTaskCards } from './cards/write-task-cards.node.ts';
export type { WrittenCards } from './cards/write-task-cards.node.ts';
