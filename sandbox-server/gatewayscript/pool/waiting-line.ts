// The line before the workers: sources take turns, so that one that floods waits for itself, and the others do not.

/** The part of a queue that one source may fill, so that there is always room for another (lab's choice). */
export const SOURCE_SHARE = 0.75;

export interface WaitingLine<Job> {
  readonly length: number;
  /** How many of this source wait. */
  lengthOf(source: string): number;
  push(source: string, job: Job): void;
  /** The next job: of the sources with the least load (0 at least, of all if not told), the oldest of that which was served longest ago. */
  shift(loadOf?: (source: string) => number): Job | undefined;
  /** Takes a job out; whether it was there. */
  remove(source: string, job: Job): boolean;
  /** Takes all out. */
  clear(): Job[];
}

export function createWaitingLine<Job>(): WaitingLine<Job> {
  // A Map keeps the order in which sources came; one that was served and still waits goes to the end.
  const sources = new Map<string, Job[]>();
  let length = 0;

  function taken(source: string, jobs: Job[]): void {
    length -= 1;
    if (jobs.length === 0) sources.delete(source);
  }

  return {
    get length() {
      return length;
    },
    lengthOf: (source) => sources.get(source)?.length ?? 0,
    push(source, job) {
      const jobs = sources.get(source) ?? [];
      jobs.push(job);
      sources.set(source, jobs);
      length += 1;
    },
    shift(loadOf = () => 0) {
      let next: [source: string, jobs: Job[]] | undefined;
      let least = Number.POSITIVE_INFINITY;
      for (const each of sources) {
        const load = loadOf(each[0]);
        if (load < least) [next, least] = [each, load];
        // There is no less: where loads are not told, the first is taken at once.
        if (least === 0) break;
      }
      if (!next) return undefined;
      const [source, jobs] = next;
      const job = jobs.shift();
      sources.delete(source);
      sources.set(source, jobs);
      taken(source, jobs);
      return job;
    },
    remove(source, job) {
      const jobs = sources.get(source) ?? [];
      const at = jobs.indexOf(job);
      if (at < 0) return false;
      jobs.splice(at, 1);
      taken(source, jobs);
      return true;
    },
    clear() {
      const all = [...sources.values()].flat();
      sources.clear();
      length = 0;
      return all;
    },
  };
}
