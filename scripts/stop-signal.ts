/** A signal that aborts once when a person or a supervisor asks the process to stop (Ctrl-C, SIGTERM, SIGHUP). */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
  return controller.signal;
}
