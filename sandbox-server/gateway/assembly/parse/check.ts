// What deployment says of a `parse`: settings that are not there in the lab, and literals that cannot be read.
import type { JsonObject } from '../../../gatewayscript/types.ts';
import type { Finding } from '../../definition/rule.ts';
import { PropertyError } from '../property-error.ts';
import { refers } from '../property-reader.ts';
import { DEFAULT_SETTINGS_OBJECT, settingsOf, settingsReference } from './settings.ts';

const PLACE = 'parse-settings-reference';

export function checkParse(properties: JsonObject): Finding[] {
  const given = properties[PLACE];
  const reference = settingsReference.safeParse(given).data;
  if (!reference || given === undefined || refers(given)) return [];
  const findings: Finding[] = [];
  const { default: object, literal, url } = reference;
  if (object && object !== DEFAULT_SETTINGS_OBJECT) {
    const message = `The lab has no configured object ${object}; its defaults hold, which are those of ${DEFAULT_SETTINGS_OBJECT}.`;
    findings.push({ severity: 'warning', rule: 'not-emulated', message, path: [PLACE, 'default'] });
  }
  if (url) {
    const message = 'The lab reads no parse settings from a URL; write them below parse-settings.';
    findings.push({ severity: 'warning', rule: 'not-emulated', message, path: [PLACE, 'url'] });
  }
  if (reference['parse-settings']?.document_type === 'graphql') {
    const message = 'The lab does not read GraphQL: the body stays text.';
    findings.push({
      severity: 'info',
      rule: 'not-emulated',
      message,
      path: [PLACE, 'parse-settings', 'document_type'],
    });
  }
  try {
    settingsOf(reference);
  } catch (error) {
    if (!(error instanceof PropertyError)) throw error;
    const path = [PLACE, literal ? 'literal' : 'parse-settings'];
    findings.push({ severity: 'error', rule: 'parse-settings', message: `${error.message}.`, path });
  }
  return findings;
}
