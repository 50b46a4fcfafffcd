// Starts monaco-yaml's worker the way that Monaco wants since 0.53: it is given a worker that runs, where monaco-yaml names a module only.
import { editor } from 'monaco-editor/editor';
import YamlWorker from 'monaco-yaml/yaml.worker?worker';

interface WorkerOptions {
  createData?: unknown;
  host?: Record<string, (...values: unknown[]) => unknown>;
  keepIdleModels?: boolean;
}

export function startYamlWorker<Methods extends object>({
  createData,
  host = {},
  keepIdleModels = false,
}: WorkerOptions): editor.MonacoWebWorker<Methods> {
  const worker = new YamlWorker();
  // The first message makes it listen, whatever it says; the second is what it starts with.
  worker.postMessage('ignore');
  worker.postMessage(createData);
  return editor.createWebWorker<Methods>({ worker, host, keepIdleModels });
}
