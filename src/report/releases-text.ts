import type { Paint } from "../base/paint.ts";
import { plainText } from "../base/plain-text.ts";
import { plural } from "../base/plural.ts";
import type { PruneDocument, ReleaseDiffDocument, ReleasesDocument } from "./releases-documents.ts";

type Release = ReleasesDocument["releases"][number];

const shownDiff = 20_000;
const shownPruned = 100;
const colors: Readonly<Record<string, keyof Paint>> = { applied: "green", pending: "yellow" };

/** Releases as lines: the id first, so that it can be copied. */
export function releasesText({ environment, releases }: ReleasesDocument, paint: Paint): string {
  if (releases.length === 0) return `${environment} has no release yet`;
  return releases.map((release) => releaseLine(release, paint)).join("\n");
}

function releaseLine(release: Release, paint: Paint): string {
  const status = paint[colors[release.status] ?? "red"](release.status.padEnd(11));
  const target = release.rollbackTo === null ? "" : ` to ${release.rollbackTo}`;
  const changed = `${plural(release.jobs, "job")} changed`;
  const dirty = release.dirty === true ? " (with uncommitted changes)" : "";
  const by = release.actor === null ? "" : ` by ${plainText(release.actor, 100)}`;
  const note = release.note === null ? "" : paint.dim(`\n    ${plainText(release.note)}`);
  return `${paint.bold(release.id)}  ${status} ${release.kind}${target}: ${changed}${dirty}${by}${note}`;
}

/** What was pruned, or would be: releases, then keys, then what is to be said of them. */
export function pruneText({ dryRun, releases, keys, warnings }: PruneDocument): string {
  const verb = dryRun ? "Would delete" : "Deleted";
  const counted = `${verb} ${plural(releases.length, "release")} and ${plural(keys.length, "object")}`;
  return [
    counted,
    ...[...releases, ...keys].slice(0, shownPruned).map((name) => `  - ${plainText(name)}`),
    ...(releases.length + keys.length > shownPruned
      ? [`  … and ${releases.length + keys.length - shownPruned} more; --json has all`]
      : []),
    ...warnings.slice(0, shownPruned).map((warning) => `! ${plainText(warning)}`),
  ].join("\n");
}

/** What differs between two releases, job by job, with the scripts' own diff. */
export function releaseDiffText({ from, to, jobs }: ReleaseDiffDocument, paint: Paint): string {
  if (jobs.length === 0) return `No job differs between ${from} and ${to}`;
  return jobs
    .flatMap(({ job, fields, scriptDiff }) => [
      paint.yellow(`~ ${job}`),
      ...fields.map((field) => `    ${field.member}: ${field.from ?? "(none)"} -> ${field.to ?? "(none)"}`),
      ...(scriptDiff === null ? [] : [paintDiff(plainText(scriptDiff, shownDiff), paint)]),
    ])
    .join("\n");
}

function paintDiff(diff: string, paint: Paint): string {
  const lines = diff.split("\n").map((line) => {
    if (line.startsWith("+")) return paint.green(line);
    return line.startsWith("-") ? paint.red(line) : line;
  });
  return lines.map((line) => `    | ${line}`).join("\n");
}
