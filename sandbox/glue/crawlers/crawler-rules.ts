import type { CrawlerTargets, CreateCrawlerRequest } from "@aws-sdk/client-glue";
import { invalidInput } from "../fault.ts";
import type { CrawlerDefinition } from "./crawler-record.ts";

const TARGET_KINDS = [
  "S3Targets",
  "JdbcTargets",
  "MongoDBTargets",
  "DynamoDBTargets",
  "CatalogTargets",
  "DeltaTargets",
  "IcebergTargets",
  "HudiTargets",
] as const satisfies readonly (keyof CrawlerTargets)[];

/** Fills in what GetCrawler answers for members left out (developer guide, aws-glue-api-crawler-crawling). */
export function completeCrawler(given: CrawlerDefinition): CrawlerDefinition {
  return {
    ...given,
    Role: roleName(given.Role ?? ""),
    Targets: completeTargets(given.Targets ?? {}),
    Classifiers: given.Classifiers ?? [],
    RecrawlPolicy: { RecrawlBehavior: "CRAWL_EVERYTHING", ...given.RecrawlPolicy },
    SchemaChangePolicy: {
      UpdateBehavior: "UPDATE_IN_DATABASE",
      DeleteBehavior: "DEPRECATE_IN_DATABASE",
      ...given.SchemaChangePolicy,
    },
    LineageConfiguration: { CrawlerLineageSettings: "DISABLE", ...given.LineageConfiguration },
    LakeFormationConfiguration: {
      UseLakeFormationCredentials: false,
      AccountId: "",
      ...given.LakeFormationConfiguration,
    },
  };
}

/** @throws GlueFault InvalidInputException */
export function checkCrawler(crawler: CrawlerDefinition): void {
  const targets = TARGET_KINDS.filter((kind) => crawler.Targets?.[kind]?.length);
  if (targets.length === 0) throw invalidInput("Crawler Targets must have at least one target.");
  for (const { Path: path = "" } of crawler.Targets?.S3Targets ?? []) {
    if (!/^(s3:\/\/)?[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/.test(path)) {
      throw invalidInput(`The S3 target path '${path}' is not valid.`);
    }
  }
  const { UpdateBehavior: update, DeleteBehavior: remove } = crawler.SchemaChangePolicy ?? {};
  const newFoldersOnly = crawler.RecrawlPolicy?.RecrawlBehavior === "CRAWL_NEW_FOLDERS_ONLY";
  if (newFoldersOnly && !(update === "LOG" && remove === "LOG")) {
    throw invalidInput(
      'The SchemaChangePolicy for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior value and LOG UpdateBehavior value.',
    );
  }
}

/** @throws GlueFault InvalidInputException */
export function checkSchedule(expression: CreateCrawlerRequest["Schedule"]): void {
  if (expression && !/^cron\((\S+ ){5}\S+\)$/.test(expression)) {
    throw invalidInput(`The schedule '${expression}' is not a cron expression such as cron(15 12 * * ? *).`);
  }
}

/** GetCrawler answers the role's name with its path, whichever way it was given. */
function roleName(role: string): string {
  return role.replace(/^arn:aws[^:]*:iam::\d{12}:role\//, "");
}

function completeTargets(targets: CrawlerTargets): CrawlerTargets {
  const empty = Object.fromEntries(TARGET_KINDS.map((kind) => [kind, []]));
  const s3 = (targets.S3Targets ?? []).map((target) => ({ ...target, Exclusions: target.Exclusions ?? [] }));
  return { ...empty, ...targets, S3Targets: s3 };
}
