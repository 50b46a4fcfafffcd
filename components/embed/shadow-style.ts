// The lab's look inside a shadow root: the same sheets as on its pages, in measures and colours that the host page cannot change.
import tokens from '../../docs/styles/tokens.css?inline';
import parts from '../gatewayscript-editor/gatewayscript-editor.css?inline';
import widget from '../look/widget.css?inline';
import embed from './embed.css?inline';
import { inPixels, ownTokens } from './sheet.ts';

/** One sheet for all elements of a page; it needs no leave of the page's content security policy. */
export const shadowStyle = new CSSStyleSheet();
shadowStyle.replaceSync([embed, ownTokens(tokens), widget, parts].map(inPixels).join('\n'));
