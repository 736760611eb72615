import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { acquireLease } from "../../src/aws/lease.ts";
import type { LeaseDocument } from "../../src/aws/lease-document.ts";
import type { LeaseTerms } from "../../src/aws/lease-terms.ts";
import { messageOf, ToolkitError } from "../../src/base/errors.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { refusedByS3, type Script, type Scripted, type Sent, scriptedAws } from "./scripted.ts";

export const minute = 60_000;

interface Holder {
  readonly runId: string;
}

type Terms = LeaseTerms<Holder>;

/** The terms of run 1 on a lease of three minutes, and what it was told. */
export function leaseTerms(s3: S3Client): Terms & { readonly told: string[] } {
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

export const missing = refusedByS3("NoSuchKey", 404);
export const seconds = 1_000;

/** A lease of run 7, as S3 gives it. */
export function standing(more: object = {}, age = 0, tag = '"e"'): Scripted {
  const document = {
    version: 1,
    token: "other",
    holder: { runId: "7" },
    acquiredAt: "1970-01-01T00:00:00.000Z",
    expiresAt: new Date(3 * minute).toISOString(),
    released: false,
    ...more,
  };
  return stored(JSON.stringify(document), age, tag);
}

export function stored(body: string, age = 0, tag = '"e"'): Scripted {
  const headers = {
    etag: tag,
    "last-modified": new Date(0).toUTCString(),
    date: new Date(age).toUTCString(),
  };
  return { status: 200, headers, body };
}

/** What the last write said: one's own, though its answer got lost. */
export const ownWrite = (_: Sent, sent: readonly Sent[]): Scripted =>
  stored(documents(sent).at(-1)?.text ?? "", 0, '"own"');

export function documents(sent: readonly Sent[]) {
  return sent
    .filter(({ operation }) => operation === "PUT")
    .map(({ body, headers }) => {
      // The SDK sends its checksum after the body, in chunks of HTTP's own.
      const text = body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1);
      return {
        ...JSON.parse(text),
        text,
        ifMatch: headers["if-match"],
        ifNoneMatch: headers["if-none-match"],
      };
    });
}

export async function leaseWorld(script: Script, more: Partial<Terms> = {}) {
  const aws = await scriptedAws(script);
  const clock = fakeClock();
  const terms = { ...leaseTerms(aws.s3), clock, ...more };
  return { ...aws, terms, clock, told: terms.told, take: () => acquireLease(terms) };
}
