// Where the reader's own names belong in a text: the lab's gateway, organization, catalog and backend, as its pages write them.

export const NAME_KINDS = ['gateway', 'organization', 'catalog', 'backend'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** A piece of a text; `kind` is `null` for what is no name. */
export interface Piece {
  text: string;
  kind: NameKind | null;
}

const GATEWAY = `localhost:9443|<gateway(?: endpoint)?>|<host>:9443`;
const ORGANIZATION = `demo|maple-heron|<(?:provider )?organization>`;
const CATALOG = `sandbox|<catalog>`;
const BACKEND = `backend:8091|<backend>(?::8091)?`;

/** A gateway URL with organization and catalog, or the URL of the backend. Organization and catalog mean it only behind a gateway. */
const PLACES = new RegExp(
  String.raw`(?<=(?:wss|https):\/\/)(?<gateway>${GATEWAY})(?:(?<slash>\/)(?<organization>${ORGANIZATION})(?:(?<slash2>\/)(?<catalog>${CATALOG})(?![\w-]))?)?|(?<=https?:\/\/)(?<backend>${BACKEND})`,
  'g',
);

/** The whole text in pieces, in order. */
export function namePieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (piece: string | undefined, kind: NameKind | null) => {
    if (piece) pieces.push({ text: piece, kind });
  };
  for (const match of text.matchAll(PLACES)) {
    add(text.slice(at, match.index), null);
    const { gateway, slash, organization, slash2, catalog, backend } = match.groups ?? {};
    add(gateway, 'gateway');
    add(slash, null);
    add(organization, 'organization');
    add(slash2, null);
    add(catalog, 'catalog');
    add(backend, 'backend');
    at = match.index + match[0].length;
  }
  add(text.slice(at), null);
  return pieces;
}

/** The reader's names; those that are not there stay as the page has them. */
export type Names = Partial<Record<NameKind, string>>;

export function withNames(text: string, names: Names): string {
  return namePieces(text)
    .map(({ text: piece, kind }) => (kind === null ? piece : (names[kind] ?? piece)))
    .join('');
}
