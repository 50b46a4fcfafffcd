// The editor's styles travel in its own chunk: Astro would link them into every page, though the editor comes on intent only.
import type { Plugin } from 'vite';

const PREFIX = '\0styles-on-demand:';

/** Turns each stylesheet that a module of `packageName` imports into a module that adds it to the page when that module runs. */
export function stylesOnDemand(packageName: string): Plugin {
  const inside = `/node_modules/${packageName}/`;
  return {
    name: 'lab:styles-on-demand',
    enforce: 'pre',
    apply: 'build',
    async resolveId(source, importer, options) {
      if (!source.endsWith('.css') || !importer?.replaceAll('\\', '/').includes(inside)) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      // The ending keeps the bundler from taking it for a stylesheet.
      return resolved && `${PREFIX}${resolved.id}.js`;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      return moduleFor(id.slice(PREFIX.length, -'.js'.length));
    },
  };
}

function moduleFor(file: string): string {
  return [
    `import text from ${JSON.stringify(`${file}?inline`)};`,
    "const style = document.createElement('style');",
    'style.textContent = text;',
    'document.head.append(style);',
  ].join('\n');
}
