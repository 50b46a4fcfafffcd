// The one collection of the site: its lessons, each a folder with index.mdx and the files it shows.

import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { z } from 'astro/zod';
import { LONGEST_ID, STEP_FORM } from '../components/progress/progress-document.ts';

/** The id under which a reader's progress is kept: a page may be renamed and moved, its step may not. */
const step = z
  .string()
  .max(LONGEST_ID)
  .regex(STEP_FORM, 'A step is written in kebab-case, such as target-url.')
  .optional();

export const collections = {
  docs: defineCollection({
    loader: docsLoader(),
    schema: docsSchema({ extend: z.object({ step }) }),
  }),
};
