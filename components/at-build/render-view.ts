// Writes a view into the page while the site is built: the same Lit template that later shows the live result.
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import type { TemplateResult } from 'lit';

/**
 * HTML of a view. Lit's marker comments serve hydration; here nothing is hydrated (a live result replaces the recorded one), so they go.
 * Text cannot hold one: its `<` is escaped.
 */
export async function renderView(view: TemplateResult): Promise<string> {
  const html = await collectResult(render(view));
  return html.replaceAll(/<!--[^>]*-->|<\?>/g, '');
}
