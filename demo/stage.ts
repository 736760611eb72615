import { formatDuration } from "../src/base/duration.ts";

/** One line of the table at the end. */
export interface Scene {
  readonly title: string;
  readonly outcome: string;
  readonly milliseconds: number;
}

/** Where the demo speaks: headings, plain words, and the output of others set off by a bar. */
export interface Stage {
  readonly scenes: readonly Scene[];
  say(text: string): void;
  quote(line: string): void;
  /** Plays a scene, told in a sentence, and notes how it ended; `play` gives the outcome in a few words. */
  scene(title: string, told: string, play: () => Promise<string>): Promise<void>;
}

/** A stage on standard output. */
export function openStage(): Stage {
  const scenes: Scene[] = [];
  const say = (text: string): void => console.log(text);
  return {
    scenes,
    say,
    quote: (line) => console.log(`  │ ${line}`),
    scene: async (title, told, play) => {
      say(`\n━━ ${scenes.length + 1}. ${title}\n${told}`);
      const started = performance.now();
      const outcome = await play();
      const milliseconds = performance.now() - started;
      scenes.push({ title, outcome, milliseconds });
      say(`→ ${outcome} (${formatDuration(milliseconds)})`);
    },
  };
}

/** The scenes as a table for people. */
export function statusTable(scenes: readonly Scene[]): string {
  const rows = scenes.map(({ title, outcome, milliseconds }, index) => [
    String(index + 1),
    title,
    outcome,
    formatDuration(milliseconds),
  ]);
  const all = [["#", "step", "outcome", "time"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  return [line(all[0] ?? []), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join(
    "\n",
  );
}
