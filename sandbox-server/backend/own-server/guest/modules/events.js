// `require('events')`: Node's own, as the npm package of that name has it, and its newer `on`.
import EventEmitter from 'events';

export default function createEvents() {
  return Object.assign(EventEmitter, { on });
}

/** Events as they come, each as the list of what its listeners get; an `error` is thrown. */
function on(emitter, name) {
  const came = [];
  let wake = () => {};
  let failure = null;
  const keep = (...args) => {
    came.push(args);
    wake();
  };
  const fail = (error) => {
    failure = { error };
    wake();
  };
  emitter.on(name, keep);
  if (name !== 'error') emitter.on('error', fail);

  const stop = () => {
    emitter.removeListener(name, keep);
    emitter.removeListener('error', fail);
  };
  let isOver = false;
  async function end() {
    isOver = true;
    stop();
    wake();
    return { value: undefined, done: true };
  }

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (came.length === 0 && !failure && !isOver)
        await new Promise((resolve) => {
          wake = resolve;
        });
      if (came.length > 0) return { value: came.shift(), done: false };
      if (isOver) return end();
      stop();
      throw failure.error;
    },
    return: end,
  };
}
