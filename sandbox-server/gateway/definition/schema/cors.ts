// Cross-origin requests, as `x-ibm-configuration.cors` has them.
import { z } from 'zod';
import { flag, text } from './values.ts';
import { documented } from './words.ts';

const policy = z
  .looseObject({
    'allow-origin': z
      .array(text)
      .nullish()
      .meta(documented('The origins that the policy is for.', [['https://app.example']])),
    'allow-credentials': flag
      .nullish()
      .meta(documented('Whether browsers may send cookies and credentials.')),
  })
  .meta(documented('What some origins may do.'));

export const cors = z.looseObject({
  enabled: flag
    .nullish()
    .meta(
      documented(
        'Whether the gateway answers cross-origin requests of browsers; WebSockets are not under these rules.',
      ),
    ),
  policy: z.array(policy).nullish().meta(documented('Which origins may do what; without it any origin may.')),
});
