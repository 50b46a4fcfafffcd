// Colours, brackets and comments of a server's file: those of Monaco's JavaScript, without the service that knows GatewayScript only.
import { conf, language } from 'monaco-editor/languages/definitions/javascript/javascript';
import { languages, SERVER_JAVASCRIPT } from './monaco.ts';

languages.setLanguageConfiguration(SERVER_JAVASCRIPT, conf);
languages.setMonarchTokensProvider(SERVER_JAVASCRIPT, language);
