// What the product's analytics keep of each call: `x-ibm-configuration.activity-log`.
import { z } from 'zod';
import { flag } from './values.ts';
import { documented } from './words.ts';

const content = z.enum(['none', 'activity', 'header', 'payload'], {
  error: 'expected none, activity, header or payload',
});

export const activityLog = z.looseObject({
  enabled: flag.nullish().meta(documented('Whether calls are kept.')),
  'success-content': content
    .nullish()
    .meta(
      documented(
        'What is kept of a call that succeeds: nothing, the call, its headers too, or its body too.',
      ),
    ),
  'error-content': content
    .nullish()
    .meta(
      documented('What is kept of a call that fails: nothing, the call, its headers too, or its body too.'),
    ),
  'preserved-request-header': z
    .unknown()
    .optional()
    .meta(documented('Request headers that are kept under their own names.')),
  'preserved-response-header': z
    .unknown()
    .optional()
    .meta(documented('Response headers that are kept under their own names.')),
});
