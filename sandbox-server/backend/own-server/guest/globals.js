// What Node's scripts find around them without `require`, beside what has a file of its own.
import structuredClone from '@ungap/structured-clone';

/** @returns values by name */
export function createGlobals({ host, Buffer }) {
  const now = () => host.call('uptime') * 1_000;
  let timeOrigin;
  return {
    performance: {
      now,
      /** Found out at the first use: before the script runs no host answers. */
      get timeOrigin() {
        timeOrigin ??= Date.now() - now();
        return timeOrigin;
      },
    },
    structuredClone: (value) => structuredClone(value),
    atob: (text) => Buffer.from(`${text}`, 'base64').toString('latin1'),
    btoa: (text) => Buffer.from(`${text}`, 'latin1').toString('base64'),
    queueMicrotask: (callback) => void Promise.resolve().then(() => callback()),
  };
}
