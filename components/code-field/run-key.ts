// The key that runs: Ctrl-Enter, and Cmd-Enter on a Mac.

export function isRunKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey);
}
