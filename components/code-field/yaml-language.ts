// What a definition may hold, told while it is written: completions, hovers and mistakes, from the schema that the server has too.
// It comes after the editor, which works without it.
import * as monaco from 'monaco-editor/editor';
import { configureMonacoYaml } from 'monaco-yaml';
import { startYamlWorker } from './yaml-worker.ts';

type Content = monaco.languages.Hover['contents'][number];

const SCHEMA = '/definition.schema.json';

const answer = await fetch(SCHEMA);
if (!answer.ok) throw new Error(`${SCHEMA}: status ${answer.status}`);

function withoutSource(content: Content): Content {
  return { ...content, value: content.value.replace(/\n*Source: \[[^\]]*\]\([^)]*\)\s*$/, '') };
}

/** Without the line that names the schema's file, which says nothing to a reader. */
const registerHoverProvider: typeof monaco.languages.registerHoverProvider = (languages, provider) =>
  monaco.languages.registerHoverProvider(languages, {
    async provideHover(...asked) {
      const hover = await provider.provideHover(...asked);
      return hover && { ...hover, contents: hover.contents.map(withoutSource) };
    },
  });

configureMonacoYaml(
  {
    ...monaco,
    editor: { ...monaco.editor, createWebWorker: startYamlWorker },
    languages: { ...monaco.languages, registerHoverProvider },
  },
  {
    format: { enable: false },
    hoverAnchor: false,
    schemas: [{ uri: new URL(SCHEMA, location.href).href, fileMatch: ['*'], schema: await answer.json() }],
  },
);
