import { english } from "./e2e-words.en.ts";
import { portuguese } from "./e2e-words.pt-br.ts";
import type { E2eWords } from "./e2e-words.ts";

const catalogues = { en: english, "pt-BR": portuguese } as const satisfies Record<string, E2eWords>;

/** Languages of the reports. */
export type ReportLanguage = keyof typeof catalogues;

/** The words of one language. */
export function wordsOf(language: ReportLanguage): E2eWords {
  return catalogues[language];
}
