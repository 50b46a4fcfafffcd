// Numbers of a benchmark from its samples.

/** The nearest-rank percentile; `share` from 0 to 1. NaN where there are no samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds that each of `count` turns takes, one after the other. */
export async function timed(count: number, turn: () => unknown): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const startedAt = performance.now();
    await turn();
    samples.push(performance.now() - startedAt);
  }
  return samples;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}
