// `require('timers')`, and `timers/promises` as its member.
import { promisifyCustom } from '../../../../gatewayscript/guest/timers.js';

export default function createTimersModule({ timers }) {
  const { setTimeout, setImmediate } = timers;
  const promises = { setTimeout: setTimeout[promisifyCustom], setImmediate: setImmediate[promisifyCustom] };
  return { ...timers, promises };
}
