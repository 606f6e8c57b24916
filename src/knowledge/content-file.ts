/** A file of the content folder: path relative to it with forward slashes, and its text. */
export interface ContentFile {
  readonly path: string;
  readonly text: string;
}
