// How many worker threads this process has, for tests of what is ended.

export function runningThreads(): number {
  const { workers }: { workers?: unknown } = Object(process.report.getReport());
  if (!Array.isArray(workers)) throw new Error('the report of this Node.js names no workers');
  return workers.length;
}
