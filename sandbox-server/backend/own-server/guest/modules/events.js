// `require('events')`: Node's own, as the npm package of that name has it.
import EventEmitter from 'events';

export default function createEvents() {
  return EventEmitter;
}
