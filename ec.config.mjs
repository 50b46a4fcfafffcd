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
  },
  // Starlight writes these into the theme, which goes before the overrides above.
  customizeTheme(theme) {
    // A file's name stands in a bar, as above an editor, not on a tab.
    theme.styleOverrides.frames = {
      ...theme.styleOverrides.frames,
      editorTabBarBackground: 'var(--lab-surface-2)',
      editorTabBarBorderBottomColor: 'var(--lab-line)',
      editorActiveTabBackground: 'var(--lab-surface-2)',
      editorActiveTabIndicatorTopColor: 'transparent',
    };
    theme.styleOverrides.textMarkers = {
      ...theme.styleOverrides.textMarkers,
      markBackground: 'var(--lab-accent-soft)',
      markBorderColor: 'var(--lab-accent)',
      insBackground: 'var(--lab-ok-soft)',
      insBorderColor: 'var(--lab-ok)',
      insDiffIndicatorColor: 'var(--lab-ok)',
      delBackground: 'var(--lab-bad-soft)',
      delBorderColor: 'var(--lab-bad)',
      delDiffIndicatorColor: 'var(--lab-bad)',
    };
  },
});
