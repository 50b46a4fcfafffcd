// What a run needs and shows, fetched with the first one.
export { outcomeSentence } from '../gatewayscript-editor/outcome-sentence.ts';
export { runView } from '../gatewayscript-editor/run-view.ts';
export { runEmbedded } from './run-embedded.ts';
