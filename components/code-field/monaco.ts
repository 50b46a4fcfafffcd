// The parts of Monaco that the lab needs, and nothing else of it: loaded when the reader shows intent.
import { editor, KeyCode, KeyMod, languages, MarkerSeverity } from 'monaco-editor/editor';
// `features/suggest/register` has the inline kind only.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/parameterHints/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/yaml/register';
import ScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';

self.MonacoEnvironment = {
  getWorker: (_id, label) => (label === 'javascript' ? new ScriptWorker() : new EditorWorker()),
};

/** JavaScript of a server, which is not what the declarations of GatewayScript describe: so it is a language of its own. */
export const SERVER_JAVASCRIPT = 'server-javascript';
languages.register({ id: SERVER_JAVASCRIPT });

export { editor, KeyCode, KeyMod, languages, MarkerSeverity };
