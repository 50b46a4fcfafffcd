// A learner's sandbox over the HTTP interface, for journeys that begin after the page.
import { type APIRequestContext, expect } from 'playwright/test';

export interface LearnersSandbox {
  organization: string;
  token: string;
  gateway: { wss: string; ws: string };
  /** Puts a definition; gives the endpoints. */
  deploy(name: string, definition: string): Promise<string[]>;
}

export async function createSandbox(request: APIRequestContext): Promise<LearnersSandbox> {
  const created = await request.post('/api/sandboxes');
  expect(created.status()).toBe(201);
  const sandbox: Pick<LearnersSandbox, 'organization' | 'token' | 'gateway'> = await created.json();
  return {
    ...sandbox,
    async deploy(name, definition) {
      const answer = await request.put(`/api/sandboxes/${sandbox.organization}/apis/${name}`, {
        headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/yaml' },
        data: definition,
      });
      expect(answer.status(), await answer.text()).toBe(200);
      const { endpoints }: { endpoints: string[] } = await answer.json();
      return endpoints;
    },
  };
}
