// QuickJS as WebAssembly, instantiated by us: so that its memory is ours, and its exports are at hand.
import quickjs from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';

/** @param wasm the module of `@jitl/quickjs-wasmfile-release-sync`, compiled once for all workers */
export async function loadQuickJs(
  wasm: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<{ quickJs: QuickJSWASMModule; exports: WebAssembly.Exports }> {
  let exports: WebAssembly.Exports | undefined;
  const variant = newVariant(quickjs, {
    wasmMemory: memory,
    emscriptenModule: {
      async instantiateWasm(imports, onSuccess) {
        const instance = await WebAssembly.instantiate(wasm, imports);
        exports = instance.exports;
        onSuccess(instance);
        return exports;
      },
    },
  });
  const quickJs = await newQuickJSWASMModuleFromVariant(variant);
  if (!exports) throw new Error('QuickJS came up without being instantiated');
  return { quickJs, exports };
}
