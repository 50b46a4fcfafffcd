// What the operator's tools ask: is it alive, may it get traffic, how busy is it.
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { LabEnvironment } from './environment.ts';
import { type MetricsParts, metrics } from './metrics.ts';
import { Problem } from './problem.ts';
import { json, problems } from './responses.ts';

export interface HealthParts extends MetricsParts {
  /** Whether all listeners are up and none is stopping. */
  ready(): boolean;
}

export function healthRoutes(parts: HealthParts) {
  const app = new OpenAPIHono<LabEnvironment>();
  type Responses = Parameters<typeof app.openAPIRegistry.registerPath>[0]['responses'];
  const described = (path: string, summary: string, responses: Responses) =>
    app.openAPIRegistry.registerPath({ method: 'get', path, summary, responses });

  described('/healthz', 'Is the process alive?', {
    200: json(z.object({ status: z.literal('ok') }), 'It is.'),
  });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));

  described('/readyz', 'May it get traffic?', {
    200: json(z.object({ status: z.literal('ready') }), 'It may.'),
    ...problems(503),
  });
  app.get('/readyz', (c) => {
    if (parts.ready()) return c.json({ status: 'ready' });
    throw new Problem(503, 'not-ready', 'The lab is starting or stopping.', 'Ask again soon.', {
      'Retry-After': '1',
    });
  });

  described('/metrics', 'Counters and gauges, as Prometheus reads them', {
    200: { description: 'Prometheus text format 0.0.4.', content: { 'text/plain': { schema: z.string() } } },
  });
  app.get('/metrics', (c) =>
    c.body(metrics(parts), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );

  return app;
}
