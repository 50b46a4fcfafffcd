// The reader's names as the browser keeps them. Nothing of them is ever sent.
import { readStored, writeStored } from '../stored.ts';
import { NAME_KINDS, type NameKind, type Names } from './name-places.ts';

/** The inline script of NameScript.astro reads the same key. */
export const NAMES_KEY = 'lab.names.v1';

/** What each name may hold, and the sentence for one that may not. */
const FORMS: Record<NameKind, { form: RegExp; mend: string }> = {
  gateway: {
    form: /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/,
    mend: 'A host, with its port where it is not 443: api.example.com or api.example.com:9443.',
  },
  organization: {
    form: /^[A-Za-z0-9][\w.-]*$/,
    mend: 'The name in the URL: letters, digits and hyphens, such as acme.',
  },
  catalog: {
    form: /^[A-Za-z0-9][\w.-]*$/,
    mend: 'The name in the URL: letters, digits and hyphens, such as sandbox.',
  },
  backend: {
    form: /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/,
    mend: 'A host with its port: 192.168.1.20:8091. Without http:// before it.',
  },
};

/** What is wrong with a name; `null` for a right one, and for an empty one, which means the lab's own. */
export function nameProblem(kind: NameKind, text: string): string | null {
  return text === '' || FORMS[kind].form.test(text) ? null : FORMS[kind].mend;
}

/** Narrow on purpose: what is none of the four, or has not its form, counts as nothing. */
export function parseNames(text: string | null): Names {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {};
    const members = new Map<string, unknown>(Object.entries(value));
    return Object.fromEntries(
      NAME_KINDS.flatMap((kind) => {
        const name = members.get(kind);
        return typeof name === 'string' && name !== '' && nameProblem(kind, name) === null
          ? [[kind, name]]
          : [];
      }),
    );
  } catch {
    return {};
  }
}

export function readNames(): Names {
  return parseNames(readStored(NAMES_KEY));
}

/** Says whether the browser keeps them. */
export function writeNames(names: Names): boolean {
  return writeStored(NAMES_KEY, Object.keys(names).length === 0 ? null : JSON.stringify(names));
}
