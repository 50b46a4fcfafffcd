// Why a server's script does not start, at its place in the script.
import type { Diagnostic } from '../../gateway/types.ts';
import type { ScriptError } from '../../gatewayscript/types.ts';

export function refusalDiagnostic({ name, message, line, column }: ScriptError): Diagnostic {
  return {
    severity: 'error',
    rule: name === 'SyntaxError' ? 'server-syntax' : 'server-crashed',
    message: `${name}: ${message}`,
    line: line ?? 1,
    column: column ?? 1,
    path: [],
  };
}
