// QuickJS is built without `Atomics` here, and `node-inspect-extracted` lists its members when it is loaded: then there are none. `inspect.js` takes it away again.
globalThis.Atomics = {};
