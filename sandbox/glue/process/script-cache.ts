import type { Clock } from "../state/clock.ts";

/**
 * Opt-in replay of a service that keeps running an old script: once a URI was read, runs get those bytes
 * even after an overwrite. Users reported this of Glue; AWS does not document it.
 */
export interface ScriptCache {
  configure(settings: { readonly enabled: boolean; readonly ttlSeconds?: number | undefined }): void;
  /** The bytes for a key (account, region and URI), from the cache while it is on and they are fresh. */
  read(key: string, load: () => Promise<Uint8Array>): Promise<Uint8Array>;
}

export function createScriptCache(clock: Clock): ScriptCache {
  const cached = new Map<string, { readonly bytes: Uint8Array; readonly at: number }>();
  let lifetimeMs = 0;
  return {
    configure({ enabled, ttlSeconds }) {
      lifetimeMs = enabled ? (ttlSeconds ?? Number.POSITIVE_INFINITY) * 1000 : 0;
      if (!enabled) cached.clear();
    },
    async read(key, load) {
      const hit = cached.get(key);
      if (hit && clock.now() - hit.at < lifetimeMs) return hit.bytes;
      const bytes = await load();
      if (lifetimeMs > 0) cached.set(key, { bytes, at: clock.now() });
      return bytes;
    },
  };
}
