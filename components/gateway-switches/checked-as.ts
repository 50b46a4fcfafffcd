// Whether a check box is ticked, for a view that the build draws too.
import { ref } from 'lit/directives/ref.js';

/**
 * Goes into the `<input>` beside `?checked=${on}`. A bound property alone would not do: the build writes it as `checked="false"`,
 * which is ticked; nor would the attribute alone: it counts only until the reader has clicked.
 */
export function checkedAs(on: boolean) {
  return ref((element) => {
    if (element instanceof HTMLInputElement) element.checked = on;
  });
}
