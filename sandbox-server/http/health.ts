// What the operator's tools ask: is it alive, may it get traffic, how busy is it.
import { OpenAPIHono } from '@hono/zod-openapi';
import type { LabEnvironment } from './environment.ts';
import { type MetricsParts, metrics } from './metrics.ts';
import { Problem } from './problem.ts';

export interface HealthParts extends MetricsParts {
  /** Whether all listeners are up and none is stopping. */
  ready(): boolean;
}

export function healthRoutes(parts: HealthParts) {
  const app = new OpenAPIHono<LabEnvironment>();
  const described = (path: string, summary: string) =>
    app.openAPIRegistry.registerPath({
      method: 'get',
      path,
      summary,
      responses: { 200: { description: 'Yes.' } },
    });

  described('/healthz', 'Is the process alive?');
  app.get('/healthz', (c) => c.json({ status: 'ok' }));

  described('/readyz', 'May it get traffic?');
  app.get('/readyz', (c) => {
    if (parts.ready()) return c.json({ status: 'ready' });
    throw new Problem(503, 'not-ready', 'The lab is starting or stopping.', 'Ask again soon.', {
      'Retry-After': '1',
    });
  });

  described('/metrics', 'Counters and gauges, as Prometheus reads them');
  app.get('/metrics', (c) =>
    c.body(metrics(parts), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );

  return app;
}
