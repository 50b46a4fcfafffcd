// Where an API is reached: its base path and schemes, from `basePath` and `schemes`, or from the servers of OpenAPI 3.
import type { DefinitionDocument } from './document.ts';

export function isOpenApi3(document: DefinitionDocument): boolean {
  return document.openapi !== undefined;
}

/** As written: `basePath`, or the path of the first server's URL; `undefined` where there is none. */
export function writtenBasePath(document: DefinitionDocument): string | undefined {
  if (!isOpenApi3(document)) return document.basePath;
  // Documented: of several servers API Connect uses the first one.
  const [server] = document.servers ?? [];
  return server && serverPath(server);
}

type Server = NonNullable<DefinitionDocument['servers']>[number];

/** The path of a server's URL. */
export function serverPath(server: Server): string {
  // Not `URL`: it may hold references such as $(catalog.host), or be a path only.
  return serverUrl(server).url.replace(/^[a-z]+:\/\/[^/]*/i, '');
}

/** A server's URL with the defaults of its variables (OpenAPI 3.0.3, "Server Variable Object"); `open` are the names without one. */
export function serverUrl({ url, variables }: Server): { url: string; open: string[] } {
  const open: string[] = [];
  const filled = url.replaceAll(/\{([^{}]*)\}/g, (written, name: string) => {
    const usual = Object.hasOwn(variables ?? {}, name) ? variables?.[name]?.default : undefined;
    if (usual === undefined) open.push(name);
    return usual ?? written;
  });
  return { url: filled, open };
}

/** Starts with `/` and does not end with one; empty for the root. */
export function basePathOf(document: DefinitionDocument): string {
  const written = (writtenBasePath(document) ?? '').replace(/\/+$/, '');
  return written === '' || written.startsWith('/') ? written : `/${written}`;
}

/**
 * OpenAPI 2 says it in `schemes`; a file without them restricts nothing (OpenAPI 2.0, "Swagger Object"). How an OpenAPI 3 file declares wss for
 * API Connect is not published: the lab offers every one of them under wss, beside the schemes of its servers' URLs (lab's choice).
 */
export function schemesOf(document: DefinitionDocument): string[] {
  if (!isOpenApi3(document)) return document.schemes ?? ['https', 'wss'];
  const written = serverSchemes(document);
  return [...new Set([...(written.length === 0 ? ['https'] : written), 'wss'])];
}

/** The schemes that the URLs of the servers name, in lower case. */
export function serverSchemes(document: DefinitionDocument): string[] {
  return (document.servers ?? []).flatMap(
    (server) => /^([a-z]+):\/\//i.exec(serverUrl(server).url)?.[1]?.toLowerCase() ?? [],
  );
}
