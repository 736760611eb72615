/** Causes that lie in the run itself: what it refuses, what it could not prove, and what it leaves behind. */
export const ownCauses = {
  "clean-refused": {
    message: "clean would empty {uri}, and with it {what} ({area})",
    remedy:
      "Name a prefix that holds nothing but data which the run makes anew; the environment's name in it keeps environments apart.",
  },
  "code-altered": {
    message: "{location} holds other bytes than were deployed there: SHA-256 {sha256}, not {expected}",
    remedy: "Somebody overwrote the object. Find out who, delete it, and deploy again.",
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
  "tables-differ": {
    message:
      "crawler {crawler} was to keep the tables {expected} in {database}; missing: {missing}; made besides: {more}",
    remedy:
      "Look at the crawler's target path, exclusions and grouping: files of one table must lie in one folder, in one format.",
  },
} as const;
