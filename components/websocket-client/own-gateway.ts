// The client's line to the gateway of the reader's own organization: its live log, fetched when there is one to watch.
import type { Explained, GatewayWatch } from '../gateway-log/gateway-watch.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';

export class OwnGateway {
  #place: HTMLElement;
  #explained: (refusal: Explained) => void;
  #watch: GatewayWatch | null = null;
  #token = '';
  #stopped = false;

  /** `place` is where the log shows; `explained` hears why a connect was refused. */
  constructor(place: HTMLElement, explained: (refusal: Explained) => void) {
    this.#place = place;
    this.#explained = explained;
  }

  /** Watches the sandbox of now; `null` where there is none, or where the log cannot be fetched: the client connects all the same. */
  async watch(): Promise<GatewayWatch | null> {
    const sandbox = readSandbox();
    if (!sandbox) return null;
    try {
      const { GatewayWatch } = await import('../gateway-log/gateway-watch.ts');
      if (this.#token !== sandbox.token && !this.#stopped) {
        this.#watch?.stop();
        this.#token = sandbox.token;
        this.#watch = new GatewayWatch(this.#place, sandbox, this.#explained);
      } else this.#watch?.wake();
      return this.#watch;
    } catch {
      return null;
    }
  }

  /** To be awaited before a connect. `path`: as the gateway sees it, `null` for a URL that leads elsewhere. */
  async expect(path: string | null): Promise<void> {
    const own = path?.startsWith(`/${readSandbox()?.organization}/`) ?? false;
    await (await this.watch())?.expect(own ? path : null);
  }

  /** The browser has refused the connect that was expected. Says whether the log tells why. */
  refused(): boolean {
    return this.#watch?.refused() ?? false;
  }

  stop(): void {
    this.#stopped = true;
    this.#watch?.stop();
    this.#watch = null;
  }
}
