/** Causes that lie in the run itself: what it refuses, what it could not prove, and what it leaves behind. */
export const ownCauses = {
  "clean-refused": {
    message: "clean would empty {uri}, and with it {what} ({area})",
    remedy:
      "Name a prefix that holds nothing but data which the run makes anew; the environment's name in it keeps environments apart.",
  },
  "code-altered": {
    message: "{location} holds other bytes than were deployed there: SHA-256 {sha256}, not {expected}",
    remedy:
      "Somebody overwrote the object. Find out who, then deploy again: the right bytes go to a fresh key. Delete nothing, for the job points there until then.",
  },
  "code-changed": {
    message:
      "{location} was overwritten while the run was under way: SHA-256 {before} before, {after} after it",
    remedy: "What ran can't be told. Find out who wrote it, deploy again, and run again.",
  },
  "code-unread": {
    message: "which bytes job {job} would run can't be proven: {location} can't be read",
    remedy:
      "Allow s3:GetObject on it in the policy of the role that runs this step, or check that it is there.",
  },
  "left-running": {
    message: "{what} could not be stopped and may still be running: {error}",
    remedy: "Stop it: {command}",
  },
  "time-is-up": {
    message: "the run's limit of {limit} was reached before everything was done",
    remedy: "Raise the timeout input if this is the run's normal time; otherwise look at what took so long.",
  },
  "crawl-made-nothing": {
    message: "the crawl of {crawler} made and changed no table or partition, and {database} has none of it",
    remedy:
      "Check the crawler's target ({folders}): whether files lie there, and whether its exclusions leave any.",
  },
  "crawl-split-folder": {
    message: "the crawl of {crawler} made {count} tables of the one folder {folder}: {tables}",
    remedy:
      "Keep files of one format and schema in the folder, or set the crawler's table level. If the tables are meant, name them under expect-tables.",
  },
  "table-not-crawled": {
    message: "{error}; the crawl of {crawler} in step {crawl} left these tables: {tables}",
    remedy:
      "Fix what step {crawl} crawls: check the crawler's target path, and that files lie there in one format.",
  },
  "object-elsewhere": {
    message: "no object matching {uri} appeared within {limit}, but {found} did",
    remedy: "Let what writes it write below the expected prefix, or fix the expectation in the manifest.",
  },
  "lambda-failed": {
    message: "no object matching {uri} appeared within {limit}: function {function} failed: {error}",
    hint: " ({place})",
    remedy: "Fix the function {function}; its log since the upload is in the report.",
  },
  "not-readable": {
    message: "{what} can't be read: {error}",
    remedy: "Allow {action} in the role's policy (docs/permissions.md has the whole of it).",
  },
  "tables-differ": {
    message:
      "crawler {crawler} was to keep the tables {expected} in {database}; missing: {missing}; made besides: {more}",
    remedy:
      "Look at the crawler's target path, exclusions and grouping: files of one table must lie in one folder, in one format.",
  },
} as const;
