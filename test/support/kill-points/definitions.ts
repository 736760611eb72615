import type { CreateJobCommandInput } from "@aws-sdk/client-glue";

const role = "arn:aws:iam::000000000000:role/glue";

type Definition = Omit<CreateJobCommandInput, "Name">;

/** Definitions of all kinds, each with settings that a careless update would lose. */
const kinds: readonly Definition[] = [
  {
    Role: role,
    GlueVersion: "5.0",
    Command: { Name: "glueetl", ScriptLocation: "", PythonVersion: "3" },
    WorkerType: "G.1X",
    NumberOfWorkers: 3,
    ExecutionClass: "FLEX",
    ExecutionProperty: { MaxConcurrentRuns: 4 },
    Connections: { Connections: ["warehouse", "queue"] },
    NotificationProperty: { NotifyDelayAfter: 7 },
    DefaultArguments: { "--job-bookmark-option": "job-bookmark-enable", "--db-password": "hush" },
    NonOverridableArguments: { "--fixed": "ü 1" },
    SourceControlDetails: { Provider: "GITHUB", Repository: "r", Owner: "o", AuthToken: "t0ken" },
  },
  {
    Role: role,
    Command: { Name: "pythonshell", ScriptLocation: "", PythonVersion: "3.9" },
    MaxCapacity: 0.0625,
    Timeout: 33,
    MaxRetries: 2,
    SecurityConfiguration: "sec",
  },
  {
    Role: role,
    GlueVersion: "4.0",
    Command: { Name: "gluestreaming", ScriptLocation: "", PythonVersion: "3" },
    WorkerType: "G.025X",
    NumberOfWorkers: 2,
    Timeout: 0,
    MaintenanceWindow: "Sun:10",
    LogUri: "s3://logs/",
  },
  {
    Role: role,
    GlueVersion: "4.0",
    Command: { Name: "glueray", ScriptLocation: "", PythonVersion: "3.9", Runtime: "Ray2.4" },
    WorkerType: "Z.2X",
    NumberOfWorkers: 5,
    Description: "counts rays",
    JobRunQueuingEnabled: true,
  },
  {
    Role: role,
    GlueVersion: "3.0",
    Command: { Name: "glueetl", ScriptLocation: "", PythonVersion: "3" },
    MaxCapacity: 10,
    Tags: { team: "data" },
  },
];

/** The definition of the job with this number, whose script is at `scriptLocation`. */
export function definitionOf(index: number, scriptLocation: string): Definition {
  const kind = kinds[index % kinds.length] ?? kinds[0];
  if (kind === undefined) throw new Error("there are no kinds");
  return { ...kind, Command: { ...kind.Command, ScriptLocation: scriptLocation } };
}
