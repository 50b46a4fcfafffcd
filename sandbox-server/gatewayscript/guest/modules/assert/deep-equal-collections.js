// Sets and maps compared in depth, whose order does not matter, after Node.js 8.9.4 (LICENSE.node.txt). `alike` compares two members.

const isObject = (value) => value !== null && typeof value === 'object';

export function setsAlike(a, b, strict, alike) {
  if (a.size !== b.size) return false;
  const objects = new Set();
  for (const value of a) {
    if (isObject(value)) objects.add(value);
    else if (!b.has(value) && (strict || !hasLoosely(a, b, value))) return false;
  }
  if (objects.size === 0) return true;
  for (const value of b) {
    if (isObject(value)) {
      if (!takeAlike(objects, (each) => alike(value, each))) return false;
    } else if (!a.has(value) && (strict || !hasLoosely(b, a, value))) return false;
  }
  return true;
}

export function mapsAlike(a, b, strict, alike) {
  if (a.size !== b.size) return false;
  const objects = new Set();
  for (const [key, value] of a) {
    if (isObject(key)) objects.add(key);
    else if (
      !(b.has(key) && alike(value, b.get(key))) &&
      (strict || !hasEntryLoosely(a, b, key, value, alike))
    )
      return false;
  }
  if (objects.size === 0) return true;
  for (const [key, value] of b) {
    if (isObject(key)) {
      if (!takeAlike(objects, (each) => alike(key, each) && alike(value, a.get(each)))) return false;
    } else if (!a.has(key) && (strict || !hasEntryLoosely(b, a, key, value, alike))) return false;
  }
  return true;
}

/** Each member stands for one of the other side. */
function takeAlike(set, isAlike) {
  for (const each of set) {
    if (!isAlike(each)) continue;
    set.delete(each);
    return true;
  }
  return false;
}

/** What `==` takes for the same: `1`, `'1'` and `true`; `null` and `undefined`. */
function looseForms(value) {
  if (value === null) return [undefined];
  switch (typeof value) {
    case 'undefined':
      return [null];
    case 'number':
      return value === 0 || value === 1 ? [`${value}`, Boolean(value)] : [`${value}`];
    case 'boolean':
      return [+value, `${+value}`];
    case 'string': {
      const number = +value;
      if (`${number}` !== value) return [];
      return number === 0 || number === 1 ? [number, Boolean(number)] : [number];
    }
    default:
      return [];
  }
}

/** Both sides have as many forms of the value. */
function hasLoosely(a, b, value) {
  const forms = looseForms(value);
  if (forms.length === 0) return false;
  return forms.filter((form) => b.has(form)).length === 1 + forms.filter((form) => a.has(form)).length;
}

function hasEntryLoosely(a, b, key, value, alike) {
  const forms = looseForms(key);
  if (forms.length === 0) return false;
  const ofA = [key, ...forms].filter((form) => a.has(form));
  const ofB = [key, ...forms].filter((form) => b.has(form));
  if (ofA.length !== ofB.length) return false;
  const values = new Set([value, ...ofA.map((form) => a.get(form))]);
  const others = new Set(ofB.map((form) => b.get(form)));
  if (values.size !== others.size) return false;
  for (const each of values) {
    if (
      isObject(each)
        ? !takeAlike(others, (other) => alike(each, other))
        : !others.has(each) && !hasLoosely(values, others, each)
    )
      return false;
  }
  return true;
}
