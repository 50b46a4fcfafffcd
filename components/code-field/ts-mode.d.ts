// Monaco's package has these modules without their types.
declare module 'monaco-editor/languages/features/typescript/tsMode' {
  import type { LanguageServiceDefaults } from 'monaco-editor/languages/features/typescript/register';

  export function setupJavaScript(defaults: LanguageServiceDefaults): void;
}

declare module 'monaco-editor/languages/features/typescript/tsWorker' {
  interface Model {
    uri: { path: string; toString(): string };
    version: number;
    getValue(): string;
  }
  interface Diagnostic {
    code: number;
    messageText: string | { messageText: string };
  }

  /** The service behind the editor, as it runs in its own thread. */
  export class TypeScriptWorker {
    constructor(
      context: { getMirrorModels(): Model[] },
      data: { compilerOptions: object; extraLibs: Record<string, { content: string; version: number }> },
    );
    getCompilerOptionsDiagnostics(file: string): Promise<Diagnostic[]>;
    getSyntacticDiagnostics(file: string): Promise<Diagnostic[]>;
    getSemanticDiagnostics(file: string): Promise<Diagnostic[]>;
  }
}

declare module 'monaco-editor/languages/definitions/javascript/javascript' {
  import type { languages } from 'monaco-editor/editor';

  export const conf: languages.LanguageConfiguration;
  export const language: languages.IMonarchLanguage;
}
