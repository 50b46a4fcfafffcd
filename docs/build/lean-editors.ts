// Takes out of the editors' still code what nobody sees: the copy button with the whole text once more, and spans around blanks.
import { definePlugin } from '@astrojs/starlight/expressive-code';
import { selectAll } from '@astrojs/starlight/expressive-code/hast';

/** For Expressive Code; an editor's block has the meta option `labNames=false`. */
export function leanEditors() {
  return definePlugin({
    name: 'Lean editors',
    hooks: {
      postprocessRenderedBlock({ codeBlock, renderData: { blockAst } }) {
        if (codeBlock.metaOptions.getBoolean('labNames') !== false) return;
        for (const frame of selectAll(':has(> .copy)', blockAst))
          frame.children = frame.children.filter(
            (child) => child.type !== 'element' || child.properties.className?.toString() !== 'copy',
          );
        for (const line of selectAll('.code', blockAst))
          line.children = line.children.flatMap((child) => {
            if (child.type !== 'element' || child.tagName !== 'span') return [child];
            const [text] = child.children;
            const isBlank = child.children.length === 1 && text?.type === 'text' && /^ +$/.test(text.value);
            return isBlank ? [text] : [child];
          });
      },
    },
  });
}
