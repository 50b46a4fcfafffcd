// The accept value step by step: key, GUID, bytes, hash, base64, and the response's own beside it.
import { html, type TemplateResult } from 'lit';
import { GUID } from '../../../sandbox-server/gateway/handshake/accept.ts';
import { textOf } from '../heads/head-text.ts';
import { type AcceptSteps, hexOf } from './accept-steps.ts';

export function acceptView(steps: AcceptSteps): TemplateResult {
  const { key, keyBytes, keyFaults, text, bytes, hash, accept } = steps;
  const shown = textOf(key ?? '');
  return html`<ol class="lab-steps">
    <li>
      <p>The <strong>key</strong>, without the white space around it:</p>
      ${value(key === null ? '(none)' : shown)}
      ${keyBytes ? html`<p class="lab-soft">Base64 of ${keyBytes.length} bytes. They mean nothing but that this answer is to this request.</p>` : null}
      ${keyFaults.map((fault) => html`<p class="lab-error">${fault}</p>`)}
    </li>
    <li>
      <p>Behind it the <strong>GUID</strong> of RFC 6455, the same for everybody:</p>
      ${value(html`${shown}<mark class="lab-guid">${GUID}</mark>`)}
    </li>
    <li>
      <p>As <strong>bytes</strong>, ${bytes.length} of them. The key is not decoded first:</p>
      ${value(hexOf(bytes))}
    </li>
    <li>
      <p>Their <strong>SHA-1</strong>, always ${hash.length} bytes:</p>
      ${value(hexOf(hash))}
    </li>
    <li>
      <p>In <strong>base64</strong>, ${accept.length} characters. This has to be <code>Sec-WebSocket-Accept</code>${text === GUID ? ', if there were a key' : ''}:</p>
      ${value(accept)}
    </li>
    <li>${answeredView(steps)}</li>
  </ol>`;
}

function answeredView({ key, accept, answered, mistake }: AcceptSteps): TemplateResult {
  if (answered === null) return html`<p class="lab-error">The response has no Sec-WebSocket-Accept.</p>`;
  if (answered === accept && key !== null)
    return html`<p>The <strong>response</strong> has the same: the server has read the key.</p>`;
  let same = 0;
  while (same < answered.length && answered[same] === accept[same]) same += 1;
  return html`<p>The <strong>response</strong> has another:</p>
    ${value(html`${textOf(answered.slice(0, same))}<mark class="lab-differs">${textOf(answered.slice(same)) || '…'}</mark>`)}
    <p class="lab-error">${mistake ?? 'How it came about nobody can tell.'}</p>`;
}

function value(content: TemplateResult | string): TemplateResult {
  return html`<pre class="lab-wire lab-value">${content}</pre>`;
}
