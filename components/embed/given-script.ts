// The script that the host page gave a `<gatewayscript-sandbox>`, as its text.
/** The text of its `<script type="text/plain">`, in which nothing needs escaping, or its own; without the indent that only the page's markup has. */
export function givenScript(host: Element): string {
  const own = host.querySelector(':scope > script[type="text/plain"]') ?? host;
  return withoutIndent(own.textContent ?? '');
}

/** Empty lines around it go, and the white space with which every line begins. */
export function withoutIndent(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n');
  const full = lines.filter((line) => line.trim() !== '');
  const indent = Math.min(...full.map((line) => line.length - line.trimStart().length));
  return lines
    .map((line) => line.slice(Math.min(indent, line.length)).trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}
