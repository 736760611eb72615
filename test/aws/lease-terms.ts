import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { LeaseDocument } from "../../src/aws/lease-document.ts";
import type { LeaseTerms } from "../../src/aws/lease-terms.ts";
import { messageOf, ToolkitError } from "../../src/base/errors.ts";
import { fakeClock } from "../support/fake-clock.ts";

export const minute = 60_000;

interface Holder {
  readonly runId: string;
}

/** The terms of run 1 on a lease of three minutes, and what it was told. */
export function leaseTerms(s3: S3Client): LeaseTerms<Holder> & { readonly told: string[] } {
  const told: string[] = [];
  const by = (document: LeaseDocument<Holder> | undefined) => document?.holder.runId ?? "somebody";
  return {
    told,
    s3,
    bucket: { name: "b" },
    key: "lock.json",
    clock: fakeClock(),
    holder: { runId: "1" },
    holderSchema: z.object({ runId: z.string() }),
    lifetime: 3 * minute,
    renewEvery: minute,
    patience: 0,
    words: {
      held: (document) => error("held", `held by ${by(document)}`),
      takenAway: (document) => error("taken-away", `taken away by ${by(document)}`),
      lapsed: (cause) => error("lapsed", `lapsed: ${cause === undefined ? "held up" : messageOf(cause)}`),
      waiting: (document) => told.push(`waiting for ${by(document)}`),
      takenOver: (document) => told.push(`taken over from ${by(document)}`),
      notRenewed: (thrown) => told.push(`not renewed: ${messageOf(thrown)}`),
      notReleased: (thrown) => told.push(`not released: ${messageOf(thrown)}`),
    },
  };
}

function error(code: string, message: string): ToolkitError {
  return new ToolkitError({ code, message, remedy: "none", source: "user" });
}
