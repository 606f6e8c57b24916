declare global {
  /** Called by the scripts of `offline/files/`, each with the name and the text of one file. */
  var atlasFile: (name: string, text: string) => void;
}

/** The script in which a file stands, from the archive's root: files of one folder that begin with the same letter share one. */
export function scriptOf(path: string): string {
  const [name = '', ...folders] = path.split('/').toReversed();
  return ['offline/files', ...folders.toReversed(), `${name.slice(0, 1)}.js`].join('/');
}

/** The text of a file of the archive by its path from the archive's root; undefined where there is none. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/**
 * Files of a folder that is opened from disk. A page may fetch nothing there, but it may run scripts that lie beside it, and files that its
 * scripts ask for stand in such ones.
 * @param base the way from the page to the archive's root: `../../`
 */
export function folderFiles(base: string): ReadFile {
  const arrived = new Map<string, string>();
  const asked = new Map<string, Promise<void>>();
  globalThis.atlasFile = (name, text) => void arrived.set(name, text);
  const run = (script: string): Promise<void> =>
    new Promise((resolve) => {
      const element = document.createElement('script');
      element.src = base + script;
      for (const end of ['load', 'error']) element.addEventListener(end, () => resolve());
      document.head.append(element);
    });
  return async (path) => {
    const script = scriptOf(path);
    const running = asked.get(script) ?? run(script);
    asked.set(script, running);
    await running;
    return arrived.get(path);
  };
}
