// Dates and numbers as text, as Node has them: QuickJS has no `Intl`, so what depends on a language is the host's work. The time zone is UTC.
const { apply } = Reflect;
const { getTime } = Date.prototype;
const numberOf = Number.prototype.valueOf;

export function writeLocally(host) {
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'])
    replace(Date.prototype, name, function (locales, options) {
      const time = apply(getTime, this, []);
      return Number.isNaN(time) ? 'Invalid Date' : host.call('localText', name, time, locales, options);
    });
  replace(Number.prototype, 'toLocaleString', function (locales, options) {
    const number = apply(numberOf, this, []);
    // JSON has no other.
    if (!Number.isFinite(number)) return `${number}`.replace('Infinity', '∞');
    return host.call('localText', 'number', number, locales, options);
  });
  for (const name of ['toString', 'toTimeString']) {
    const withoutZone = Date.prototype[name];
    replace(Date.prototype, name, function () {
      const text = apply(withoutZone, this, []);
      return text.endsWith('+0000') ? `${text} (Coordinated Universal Time)` : text;
    });
  }
}

function replace(prototype, name, value) {
  Object.defineProperty(value, 'name', { value: name, configurable: true });
  Object.defineProperty(prototype, name, { value, writable: true, enumerable: false, configurable: true });
}
