import { mapLimited } from "../base/limit.ts";
import { type CheckFilesOptions, checkFiles } from "./check-files.ts";
import type { CheckerAnswer } from "./checker-answer.ts";
import { formatMinor } from "./glue-versions.ts";
import type { ResultCache } from "./result-cache.ts";

const readAtOnce = 16;

/** As checkFiles, but files whose bytes this Python has judged before aren't given to it again. */
export async function checkCached(
  options: CheckFilesOptions,
  cache: ResultCache | undefined,
): Promise<{ readonly answers: CheckerAnswer[]; readonly known: number }> {
  if (cache === undefined) return { answers: await checkFiles(options), known: 0 };
  const judge = describeJudge(options);
  const found = await mapLimited(options.files, readAtOnce, (path) => cache.find(path, judge));
  const unknown = options.files.flatMap((path, id) => (found[id] === undefined ? [{ id, path }] : []));
  const fresh = await checkFiles({ ...options, files: unknown.map(({ path }) => path) });
  await mapLimited(fresh, readAtOnce, (answer) => cache.keep(answer, judge));
  const byId = new Map(unknown.map(({ id }, place) => [id, fresh[place]]));
  const answers = options.files.flatMap((_, id) => {
    const answer = found[id] ?? byId.get(id);
    return answer === undefined ? [] : [{ ...answer, id }];
  });
  return { answers, known: options.files.length - unknown.length };
}

/** All that a verdict depends on beside checker and bytes. */
function describeJudge({ interpreter, library, facts }: CheckFilesOptions): string {
  const asked = `${library ? ", as a library" : ""}${facts ? ", with facts" : ""}`;
  return `CPython ${interpreter.version} for ${formatMinor(interpreter.wanted)}${asked}`;
}
