// Marks the places of the reader's names while the site is built: in code blocks, and in code within a sentence.
import {
  type AnnotationRenderOptions,
  definePlugin,
  ExpressiveCodeAnnotation,
} from '@astrojs/starlight/expressive-code';
import { h } from '@astrojs/starlight/expressive-code/hast';
import { type NameKind, namePieces } from '../../components/names/name-places.ts';

class NameAnnotation extends ExpressiveCodeAnnotation {
  readonly kind: NameKind;

  constructor(kind: NameKind, columnStart: number, columnEnd: number) {
    super({ inlineRange: { columnStart, columnEnd }, renderPhase: 'latest' });
    this.kind = kind;
  }

  override render({ nodesToTransform }: AnnotationRenderOptions) {
    return nodesToTransform.map((node) => h('lab-name', { of: this.kind }, node));
  }
}

/** For Expressive Code: every block but those of the editors, whose texts run in the lab and keep its names. */
export function nameMarks() {
  return definePlugin({
    name: 'Names of the reader',
    hooks: {
      annotateCode({ codeBlock }) {
        if (codeBlock.metaOptions.getBoolean('labNames') === false) return;
        for (const line of codeBlock.getLines()) {
          let column = 0;
          for (const { text, kind } of namePieces(line.text)) {
            if (kind !== null) line.addAnnotation(new NameAnnotation(kind, column, column + text.length));
            column += text.length;
          }
        }
      },
    },
  });
}
