// A guest as it is when the lab's code has run in it: compiled once a process, then copied into every worker's memory.
import { type QuickJSHandle, type StaticJSValue, StaticLifetime } from 'quickjs-emscripten-core';
import { type CommonImage, copyToCommonImage, putImage } from './memory.ts';

/** The functions of the guest that the host calls. */
export interface GuestHooks {
  run: QuickJSHandle;
  fire: QuickJSHandle;
  describe: QuickJSHandle;
}

type Names = keyof GuestHooks | 'hostCall';

/** A memory, and the addresses in it of the values that the host holds. */
export interface ReadyGuest {
  image: CommonImage;
  addresses: Record<Names, number>;
}

export function readyGuest(memory: WebAssembly.Memory, values: Record<Names, QuickJSHandle>): ReadyGuest {
  const { run, fire, describe, hostCall } = values;
  return {
    image: copyToCommonImage(memory),
    addresses: { run: run.value, fire: fire.value, describe: describe.value, hostCall: hostCall.value },
  };
}

/**
 * Makes a fresh guest the ready one. QuickJS does the same at the same addresses each time it starts, so what the host holds of the fresh
 * one holds for the other; the address of the last value that was made before the lab's code says whether that is so.
 * @throws Error where the two did not start alike
 */
export function becomeReady(
  ready: ReadyGuest,
  memory: WebAssembly.Memory,
  hostCall: QuickJSHandle,
): GuestHooks {
  const { run, fire, describe } = ready.addresses;
  if (hostCall.value !== ready.addresses.hostCall)
    throw new Error('this guest did not start as the ready one did');
  putImage(memory, ready.image);
  return { run: borrowed(run), fire: borrowed(fire), describe: borrowed(describe) };
}

type Address = StaticJSValue['value'];

/** Lives as long as the guest. */
function borrowed(address: number): StaticJSValue {
  if (!isAddress(address)) throw new Error('no address of a value');
  return new StaticLifetime(address);
}

function isAddress(address: number): address is Address {
  return Number.isInteger(address) && address > 0;
}
