// How code is shown. A file of its own, since `<Code>` reads it too and plugins cannot pass through Astro's configuration.
import { defineEcConfig } from '@astrojs/starlight/expressive-code';
import { leanEditors } from './docs/build/lean-editors.ts';
import { nameMarks } from './docs/build/name-marks.ts';

export default defineEcConfig({
  plugins: [nameMarks(), leanEditors()],
  themes: ['vitesse-dark', 'vitesse-light'],
  useStarlightUiThemeColors: true,
  minSyntaxHighlightingColorContrast: 5.5,
  // Long lines wrap, so that all is read on a phone and nothing scrolls out of the keyboard's reach.
  defaultProps: { wrap: true },
  styleOverrides: {
    borderRadius: 'var(--lab-radius)',
    borderColor: 'var(--lab-line)',
    codeFontFamily: 'var(--lab-mono)',
    codeFontSize: '0.875rem',
    codeLineHeight: '1.6',
    frames: { shadowColor: 'transparent' },
    textMarkers: { markBackground: 'var(--lab-accent-soft)', markBorderColor: 'var(--lab-accent)' },
  },
});
