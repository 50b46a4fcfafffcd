// What a reader takes home: their definitions, product, script and server, and a README with the commands for their names.
import { parse } from 'yaml';
import { z } from 'zod/mini';
import { definitionWithScript } from '../gatewayscript-editor/definition-with-script.ts';
import { type Names, withNames } from '../names/name-places.ts';

/** The reader's texts as they stand in the editors. */
export interface TakeHomeTexts {
  /** Approach 1. */
  upgrade: string;
  /** Approach 2; the script goes into it. */
  scripted: string;
  script: string;
  server: string;
}

const identity = z.object({
  info: z.object({ version: z.union([z.string(), z.number()]), 'x-ibm-name': z.string() }),
  basePath: z.string(),
});

/** File name to text. Throws a LabProblem where a definition is no YAML, or has no script to put in. */
export function takeHomeFiles(texts: TakeHomeTexts, names: Names): Record<string, string> {
  const upgrade = withNames(texts.upgrade, names);
  const scripted = withNames(definitionWithScript(texts.scripted, texts.script).text, names);
  const apis = [
    { file: 'websocket-upgrade.yaml', text: upgrade },
    { file: 'websocket-test.yaml', text: scripted },
  ];
  return {
    ...Object.fromEntries(apis.map(({ file, text }) => [file, ended(text)])),
    'handler.js': ended(texts.script),
    'product.yaml': product(apis),
    'websocket_server.js': ended(texts.server),
    'package.json': `${JSON.stringify({ name: 'websocket-server', version: '1.0.0', private: true, dependencies: { ws: '^8.23.0' } }, null, 2)}\n`,
    'README.md': readme(names, apis),
  };
}

interface Api {
  file: string;
  text: string;
}

/** What names an API; an edited definition that lost it gets the name of its file. */
function identityOf({ file, text }: Api) {
  const { data } = identity.safeParse(parse(text));
  const name = data?.info['x-ibm-name'] ?? file.replace('.yaml', '');
  return { name, basePath: data?.basePath ?? `/${name}` };
}

/** In API Connect's own form: a product refers to the files of its APIs. */
function product(apis: readonly Api[]): string {
  const references = apis.map((api) => `  ${identityOf(api).name}:\n    $ref: ${api.file}\n`).join('');
  return `product: 1.0.0
info:
  name: websocket-lab
  title: WebSocket lab
  version: 1.0.0
gateways:
  - datapower-api-gateway
apis:
${references}plans:
  default-plan:
    title: Default plan
    rate-limits:
      default:
        value: 100/1hour
visibility:
  view:
    type: public
    enabled: true
  subscribe:
    type: authenticated
    enabled: true
`;
}

function readme(names: Names, apis: readonly Api[]): string {
  const {
    gateway = '<gateway>',
    organization = '<organization>',
    catalog = 'sandbox',
    backend = '<backend>:8091',
  } = names;
  const urls = apis.map(
    (api) => `websocat -v --insecure wss://${gateway}/${organization}/${catalog}${identityOf(api).basePath}`,
  );
  return `# WebSockets through API Connect

What you made in the API Connect WebSocket Lab, for the names that you typed there. Names in angle brackets are still yours to fill in.

## The server

On ${backend.replace(/:\d+$/, '')}, or wherever the gateway reaches it:

\`\`\`sh
npm install ws && node websocket_server.js
\`\`\`

\`target-url\` in websocket-upgrade.yaml must name that host.${backToLab(names)}

## Publish

With API Connect's toolkit, to the catalog \`${catalog}\`:

\`\`\`sh
apic login --server <management server> --realm provider/default-idp-2 --username <user>
apic products:publish --server <management server> --org ${organization} --catalog ${catalog} --scope catalog product.yaml
\`\`\`

## Connect

\`\`\`sh
${urls.join('\n')}
\`\`\`

The first goes through the policy websocket-upgrade to your server. The second is answered by handler.js in the gateway: it says
"Connected to ws", and then nobody answers, since GatewayScript has no frames. The properties that start with \`lab-\` mean something in the
lab only; API Connect takes them as properties of yours.

If it does not connect: the handler's WebSocket upgrade, its method GET, and the catalog's protocols come first.
`;
}

/** The lab's gateway reaches servers of its own only, so the reader's host is no target there. */
function backToLab({ backend }: Names): string {
  return backend === undefined
    ? ''
    : ` In the lab it is \`http://backend:8091\`: write that in place of\n\`http://${backend}\` to deploy the file there again.`;
}

function ended(text: string): string {
  return `${text.trimEnd()}\n`;
}
