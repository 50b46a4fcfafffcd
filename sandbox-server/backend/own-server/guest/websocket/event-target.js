// `addEventListener` and `onmessage`, the browser's way to a socket, on the listeners that an emitter has.

const HANDLER = Symbol('handler');
const IS_ATTRIBUTE = Symbol('attribute');

/** What a browser's listener gets of what an emitter's listener gets. */
const EVENTS = {
  open: () => ({}),
  message: (data, isBinary) => ({ data: isBinary ? data : `${data}` }),
  close: (code, reason) => ({ code, reason: `${reason}`, wasClean: code !== 1006 }),
  error: (error) => ({ error, message: error.message }),
};

function add(socket, type, handler, { once = false, isAttribute = false } = {}) {
  const event = EVENTS[type];
  if (!event) return;
  const known = socket.listeners(type).some((each) => each[HANDLER] === handler && !each[IS_ATTRIBUTE]);
  if (known && !isAttribute) return;
  const listener = (...args) => {
    const told = { type, target: socket, ...event(...args) };
    if (typeof handler === 'object') handler.handleEvent(told);
    else handler.call(socket, told);
  };
  Object.assign(listener, { [HANDLER]: handler, [IS_ATTRIBUTE]: isAttribute });
  if (once) socket.once(type, listener);
  else socket.on(type, listener);
}

/** Properties for the prototype of the sockets. */
export const eventTarget = {
  addEventListener: {
    value(type, handler, options) {
      add(this, type, handler, { once: options?.once });
    },
  },
  removeEventListener: {
    value(type, handler) {
      const listener = this.listeners(type).find((each) => each[HANDLER] === handler && !each[IS_ATTRIBUTE]);
      if (listener) this.removeListener(type, listener);
    },
  },
  ...Object.fromEntries(Object.keys(EVENTS).map((type) => [`on${type}`, attribute(type)])),
};

function attribute(type) {
  const ofSocket = (socket) => socket.listeners(type).find((each) => each[IS_ATTRIBUTE]);
  return {
    enumerable: true,
    get() {
      return ofSocket(this)?.[HANDLER] ?? null;
    },
    set(handler) {
      const before = ofSocket(this);
      if (before) this.removeListener(type, before);
      if (typeof handler === 'function') add(this, type, handler, { isAttribute: true });
    },
  };
}
