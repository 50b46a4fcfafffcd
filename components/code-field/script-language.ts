// What a GatewayScript may use, told while it is written: completions, hovers and mistakes, by TypeScript's own service over the lab's
// declarations. It comes after the editor, which works without it.
import { javascriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import { setupJavaScript } from 'monaco-editor/languages/features/typescript/tsMode';
import declarations from '../../sandbox-server/gatewayscript/gatewayscript.d.ts?raw';
import { IGNORED_CODES, SERVICE_OPTIONS } from './script-options.ts';

javascriptDefaults.setCompilerOptions(SERVICE_OPTIONS);
javascriptDefaults.setDiagnosticsOptions({
  noSuggestionDiagnostics: true,
  diagnosticCodesToIgnore: IGNORED_CODES,
});
javascriptDefaults.setModeConfiguration({
  completionItems: true,
  hovers: true,
  diagnostics: true,
  signatureHelp: true,
});
// What only the reference and the tests read is not for a hover.
const content = declarations.replace(/^ *\* @(?:from|by|page|outcome) .*\n/gm, '');
javascriptDefaults.setExtraLibs([{ content, filePath: 'file:///gatewayscript.d.ts' }]);
// By its own hand: the language was asked for when the editor came, and `onLanguage` tells that only once.
setupJavaScript(javascriptDefaults);
