// The reference's pages in their order, with the words that no declaration has: the titles, and what is on those of the globals.

/** By the page's name in gatewayscript.d.ts; a module that is not here has its own name for a title, and comes after. */
export const TITLES: Record<string, { title: string; text: string }> = {
  context: { title: 'context', text: 'The message, the request, and the way to every variable.' },
  variables: { title: 'Variables', text: 'What `context.get` finds by name.' },
  console: { title: 'console', text: 'The log of the gateway.' },
  session: { title: 'session', text: 'The older way to body, variables and rejection.' },
  globals: { title: 'Globals', text: 'Modules and timers.' },
  buffer: { title: 'Buffer', text: 'Bytes, and the module `buffer`.' },
  'buffer-numbers': { title: 'Buffer: numbers', text: 'Numbers in a Buffer, byte by byte.' },
  xml: { title: 'XML', text: 'XML from text to nodes and back.' },
  'xml-elements': { title: 'XML: elements', text: 'Elements and their attributes.' },
  'xml-nodes': { title: 'XML: nodes', text: 'What every node has.' },
  'xml-parts': { title: 'XML: other nodes', text: 'Attributes, texts, and what else stands in a document.' },
};
