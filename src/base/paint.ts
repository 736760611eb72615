/** How text is set off on a terminal; what a colour means is the renderer's business, how it is made the host's. */
export type Paint = Readonly<
  Record<"red" | "yellow" | "green" | "cyan" | "dim" | "bold", (text: string) => string>
>;

const asIs = (text: string): string => text;

/** For pipes, files and tests. */
export const plainPaint: Paint = { red: asIs, yellow: asIs, green: asIs, cyan: asIs, dim: asIs, bold: asIs };
