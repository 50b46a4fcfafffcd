// How many connections the gateway has open, for all and for each organization, and the way to end them all.

/** One request or tunnel that is under way. */
export interface Connection {
  /** Ends it in good order, soon. */
  shutDown(): void;
  /** Ends it now. */
  destroy(): void;
}

export interface ConnectionLimits {
  total: number;
  perOrganization: number;
}

export interface Connections {
  /**
   * Counts a connection, and gives the way to take it out again (harmless when called twice); `null` where a limit is reached.
   * One for no organization (`null`) counts for the total only: requests to unknown ones must not shut each other out.
   */
  open(organization: string | null, connection: Connection, perOrganization?: number): (() => void) | null;
  total(): number;
  of(organization: string): number;
  /** Shuts all down, and destroys what is left after `drainMs`. From then on nothing more is let in. */
  close(drainMs: number): Promise<void>;
}

export function createConnections(limits: ConnectionLimits): Connections {
  const open = new Set<Connection>();
  const byOrganization = new Map<string, number>();
  let closing = false;
  let onEmpty = () => {};

  function countDown(organization: string): void {
    const left = (byOrganization.get(organization) ?? 1) - 1;
    if (left === 0) byOrganization.delete(organization);
    else byOrganization.set(organization, left);
  }

  return {
    open(organization, connection, perOrganization = limits.perOrganization) {
      const own = organization === null ? 0 : (byOrganization.get(organization) ?? 0);
      if (closing || open.size >= limits.total || own >= perOrganization) return null;
      open.add(connection);
      if (organization !== null) byOrganization.set(organization, own + 1);
      return () => {
        if (!open.delete(connection)) return;
        if (organization !== null) countDown(organization);
        if (open.size === 0) onEmpty();
      };
    },
    total: () => open.size,
    of: (organization) => byOrganization.get(organization) ?? 0,
    async close(drainMs) {
      closing = true;
      for (const connection of open) connection.shutDown();
      if (open.size === 0) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        onEmpty = resolve;
        timer = setTimeout(() => {
          for (const connection of open) connection.destroy();
          resolve();
        }, drainMs);
      });
      clearTimeout(timer);
    },
  };
}
