/** Where the binary parts of the wasm back-end are: a page gives addresses, Node finds them by itself. */
export interface BackendFiles {
  /** The folder of tfjs's own `.wasm` files, as a path or an address that ends in `/`. */
  readonly tfjsWasmFolder: string;
  /** The bytes of `kernels.wasm`. */
  readonly kernels: () => Promise<Uint8Array<ArrayBuffer>>;
}
