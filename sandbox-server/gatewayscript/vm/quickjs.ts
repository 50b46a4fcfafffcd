// QuickJS as WebAssembly, instantiated by us: so that its memory is ours, and its exports are at hand.
import quickjs from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { Allocator } from './clean-heap.ts';
import type { GuestMemory } from './memory.ts';
import { MARKS } from './write-marks.ts';

export interface LoadedQuickJs {
  quickJs: QuickJSWASMModule;
  exports: WebAssembly.Exports;
  allocator: Allocator;
}

/** @param wasm the module of `@jitl/quickjs-wasmfile-release-sync`, compiled once for all workers */
export async function loadQuickJs(
  wasm: WebAssembly.Module,
  { memory, marks }: GuestMemory,
): Promise<LoadedQuickJs> {
  let exports: WebAssembly.Exports | undefined;
  let allocator: Allocator | undefined;
  const ours = {
    ...quickjs,
    async importModuleLoader() {
      const load = loaderIn(await quickjs.importModuleLoader());
      return async (options?: Parameters<typeof load>[0]) => {
        // Else it would be the path of whatever started the thread, which lies in the memory and moves all that follows.
        const module = await load(Object.assign({}, options, { thisProgram: 'quickjs' }));
        allocator = module;
        return module;
      };
    },
  };
  const variant = newVariant(ours, {
    wasmMemory: memory,
    emscriptenModule: {
      async instantiateWasm(imports, onSuccess) {
        const instance = await WebAssembly.instantiate(wasm, {
          ...imports,
          [MARKS.module]: { [MARKS.name]: marks },
        });
        exports = instance.exports;
        onSuccess(instance);
        return exports;
      },
    },
  });
  const quickJs = await newQuickJSWASMModuleFromVariant(variant);
  if (!exports || !allocator) throw new Error('QuickJS came up without being instantiated');
  return { quickJs, exports, allocator };
}

type Imported = Awaited<ReturnType<typeof quickjs.importModuleLoader>>;

/** However the module system has wrapped it. */
function loaderIn(imported: Imported) {
  if (typeof imported === 'function') return imported;
  return typeof imported.default === 'function' ? imported.default : imported.default.default;
}
