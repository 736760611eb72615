import { describe, expect, it } from "vitest";
import { type Paint, plainPaint } from "../../src/base/paint.ts";
import type { ProgressEvent } from "../../src/base/progress.ts";
import { progressView } from "../../src/cli/progress-view.ts";

const marked: Paint = {
  ...plainPaint,
  yellow: (text) => `<yellow:${text}>`,
  cyan: (text) => `<cyan:${text}>`,
  dim: (text) => `<dim:${text}>`,
};

function shown(options: { readonly verbose?: boolean; readonly quiet?: boolean }): string {
  let text = "";
  const stderr = { write: (more: string) => (text += more) };
  const view = progressView({
    stderr,
    paint: marked,
    verbose: false,
    quiet: false,
    moving: false,
    ...options,
  });
  const levels = ["info", "notice", "warning", "debug"] as const;
  const events: ProgressEvent[] = levels.map((level) => ({ code: "x", level, message: level }));
  for (const event of [
    ...events,
    { code: "deploy.plan", level: "info", message: "later" } as const,
    { code: "x", level: "info", message: "end", group: "end" } as const,
  ])
    view.progress(event);
  view.stop();
  return text;
}

describe("progress in a pipe", () => {
  it.each([
    ["usually", {}, "<dim:info>\n<cyan:note:> notice\n<yellow:warning:> warning\n"],
    [
      "with --verbose",
      { verbose: true },
      "<dim:info>\n<cyan:note:> notice\n<yellow:warning:> warning\n<dim:debug>\n",
    ],
    ["with --quiet", { quiet: true }, "<cyan:note:> notice\n<yellow:warning:> warning\n"],
  ])("is %s a line an event", (_, options, text) => expect(shown(options)).toBe(text));
});
