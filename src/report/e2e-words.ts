import type { CauseCode, CauseText } from "../e2e/causes.ts";
import type {
  BookmarkResult,
  CleanedLocation,
  E2eResult,
  Phase,
  StepResult,
  StepState,
} from "../e2e/result.ts";

/** All that a report says of its own; `{name}` stands for a value. Complete in every language by type. */
export interface E2eWords {
  readonly title: string;
  readonly results: Readonly<Record<E2eResult["result"], string>>;
  readonly states: Readonly<Record<StepState, string>>;
  readonly phaseStates: Readonly<Record<Phase["state"], string>>;
  readonly phases: Readonly<Record<Phase["name"], string>>;
  readonly kinds: Readonly<Record<StepResult["kind"], string>>;
  readonly skippedFor: Readonly<Record<NonNullable<StepResult["skippedFor"]>, string>>;
  readonly cleaned: Readonly<Record<CleanedLocation["state"], string>>;
  readonly bookmarks: Readonly<Record<BookmarkResult["state"], string>>;
  readonly severities: Readonly<Record<"error" | "warning", string>>;
  /** Undefined: the problem's own English text. */
  readonly causes: Readonly<Record<CauseCode, CauseText>> | undefined;
  readonly labels: Readonly<Record<Label, string>>;
}

export type Label =
  | "date"
  | "by"
  | "status"
  | "environment"
  | "commit"
  | "duration"
  | "release"
  | "run"
  | "summary"
  | "summaryPassed"
  | "summaryStopped"
  | "summaryClean"
  | "summaryBlocked"
  | "cleanData"
  | "cleanBookmarks"
  | "location"
  | "objects"
  | "markers"
  | "size"
  | "job"
  | "noClean"
  | "field"
  | "value"
  | "state"
  | "started"
  | "ended"
  | "file"
  | "object"
  | "awaited"
  | "since"
  | "found"
  | "crawler"
  | "crawlStarted"
  | "log"
  | "script"
  | "scriptHash"
  | "scriptRelease"
  | "attempt"
  | "runId"
  | "execution"
  | "dpuSeconds"
  | "error"
  | "blockedBy"
  | "notReached"
  | "query"
  | "expected"
  | "result"
  | "scanned"
  | "rows"
  | "rowsShown"
  | "allAsExpected"
  | "problems"
  | "noProblems"
  | "step"
  | "where"
  | "cause"
  | "remedy"
  | "logLines"
  | "cutText"
  | "alsoFailed"
  | "finalStatus"
  | "phase"
  | "notes"
  | "produced"
  | "nothingProduced"
  | "progress"
  | "progressLine"
  | "timeline"
  | "timelineNote"
  | "notRun"
  | "locationsClean"
  | "bookmarksReset"
  | "withoutBookmark"
  | "pickedUp"
  | "sourceLine"
  | "sourceMoved"
  | "logTail"
  | "comparison"
  | "comparedWith"
  | "noLastGreen"
  | "nothingCompared"
  | "quantity"
  | "lastGreen"
  | "thisRun"
  | "change"
  | "total"
  | "bytes"
  | "budget"
  | "contents"
  | "skipToContent"
  | "steps"
  | "stateChanges"
  | "time"
  | "attempts"
  | "generated"
  | "kind"
  | "wholeRun"
  | "appeared"
  | "crawled"
  | "crawledNothing"
  | "tablesMade"
  | "tablesChanged"
  | "tablesDeleted"
  | "tablesUnchanged"
  | "partitionsMade"
  | "partitionsChanged"
  | "partitionsDeleted";
