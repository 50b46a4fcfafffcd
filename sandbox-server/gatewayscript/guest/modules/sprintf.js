// `require('sprintf')`: text from a format, by sprintf-js. That the gateway's module is of its kind is inferred from scripts that use it.
import sprintfJs from 'sprintf-js';

export default function createSprintf() {
  return {
    /** `sprintf('%2$s %1$05.2f', 3.14159, 'pi')`. @throws TypeError or SyntaxError that names what does not fit */
    sprintf: (format, ...values) => sprintfJs.sprintf(wanted(format, 'sprintf.sprintf'), ...values),
    /** The same with the values in a list. */
    vsprintf(format, values) {
      if (!Array.isArray(values))
        throw new TypeError(`sprintf.vsprintf: the values are ${kind(values)}; expected an array`);
      return sprintfJs.vsprintf(wanted(format, 'sprintf.vsprintf'), values);
    },
  };
}

function wanted(format, call) {
  if (typeof format === 'string') return format;
  throw new TypeError(`${call}: the format is ${kind(format)}; expected a string`);
}

function kind(value) {
  return value === null ? 'null' : typeof value;
}
