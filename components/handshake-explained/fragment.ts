// Two heads in an address: after its #, so that a link shows a broken handshake and no server sees it.
import type { Heads } from './clients/verdicts.ts';
import { HEAD_MAX_CHARACTERS } from './heads/head-text.ts';
import { PRESETS, START } from './presets.ts';

/** Without the #; empty for the heads to start from, and the name of a preset that is as it was. */
export function fragmentOf(heads: Heads): string {
  const known = PRESETS.find(
    (preset) => preset.heads.request === heads.request && preset.heads.response === heads.response,
  );
  if (known) return known.heads === START ? '' : known.id;
  return `request=${encoded(heads.request)}&response=${encoded(heads.response)}`;
}

/** `null` for a fragment that is something else, such as a heading, or damaged. */
export function headsOfFragment(fragment: string): Heads | null {
  const known = PRESETS.find(({ id }) => id === fragment);
  if (known) return known.heads;
  const [, request, response] = /^request=([\w-]*)&response=([\w-]*)$/.exec(fragment) ?? [];
  const heads = { request: decoded(request), response: decoded(response) };
  return heads.request === null || heads.response === null
    ? null
    : { request: heads.request, response: heads.response };
}

/** Base64 for addresses: a chat or a mail leaves it alone. */
function encoded(bytes: string): string {
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function decoded(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return bytes.length <= HEAD_MAX_CHARACTERS ? bytes : null;
  } catch {
    return null;
  }
}
