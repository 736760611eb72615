import type { Place } from "../../../src/deploy/place.ts";
import { type Script, scriptedAws } from "../../aws/scripted.ts";
import { fakeClock } from "../../support/fake-clock.ts";

/** A place on an AWS that answers by a script; `seen` and `sent` are what reached it. */
export async function placeOn(
  script: Script,
  more: Partial<Place> = {},
): Promise<Place & Pick<Awaited<ReturnType<typeof scriptedAws>>, "seen" | "sent">> {
  const clients = await scriptedAws(script);
  const place: Place = {
    clients,
    clock: fakeClock(),
    signal: undefined,
    progress: () => undefined,
    environment: "dev",
    region: "us-east-1",
    bucket: { name: "b" },
    prefix: "p/",
    ...more,
  };
  return { ...place, seen: clients.seen, sent: clients.sent };
}
