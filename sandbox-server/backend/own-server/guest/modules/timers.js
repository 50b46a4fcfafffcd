// `require('timers')`, and `timers/promises` as its member.
export default function createTimersModule({ timers }) {
  const { setTimeout, setImmediate } = timers;
  return {
    ...timers,
    promises: {
      setTimeout: (delay, value) => new Promise((resolve) => void setTimeout(resolve, delay, value)),
      setImmediate: (value) => new Promise((resolve) => void setImmediate(resolve, value)),
    },
  };
}
