// In the place of Prettier, which monaco-yaml's worker brings along to format a text: the lab leaves texts as they are typed.
export function format(text: string): string {
  return text;
}
