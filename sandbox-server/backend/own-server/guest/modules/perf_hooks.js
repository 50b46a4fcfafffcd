// `require('perf_hooks')`: the clock.
export default ({ performance }) => ({ performance });
