import { createHash } from "node:crypto";
import type { Artifact } from "../../../src/scripts/artifact.ts";

export const digest = (text: string, algorithm = "sha256"): string =>
  createHash(algorithm).update(text).digest("hex");

export function artifactOf(stem: string, text: string, extension = "py"): Artifact {
  const sha256 = digest(text);
  return {
    path: `${stem}.${extension}`,
    bytes: new TextEncoder().encode(text),
    sha256,
    key: `p/${stem}/${stem}-${sha256.slice(0, 12)}.${extension}`,
  };
}

export const uriOf = ({ key }: Artifact): string => `s3://s/${key}`;
