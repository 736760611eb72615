import type { EndingCauses } from "./ending-cause.ts";

/** What a crawl's own error tells. */
export const crawlerCauses = {
  "crawl-lake-formation-denied": {
    ends: /Insufficient Lake Formation permission/i,
    message:
      "Lake Formation does not let the role of crawler {crawler} use the table or its location: {error}",
    remedy: "Grant the crawler's role the missing permission in Lake Formation; an IAM policy is not enough.",
  },
  "crawl-access-denied": {
    ends: /Access ?Denied|not authorized to perform|Status Code: 403/i,
    message: "the role of crawler {crawler} may not read its data or write the catalog: {error}",
    remedy:
      "Allow s3:GetObject and s3:ListBucket on the data, and the catalog's actions, in the policy of its role.",
    source: "https://docs.aws.amazon.com/glue/latest/dg/crawler-prereqs.html",
  },
  "crawl-database-missing": {
    ends: /EntityNotFoundException|Database \S+ not found/i,
    message: "the database that crawler {crawler} writes to is not in the catalog: {error}",
    remedy: "Create the database where your infrastructure is made, or correct the crawler's.",
  },
  "crawl-internal": {
    ends: /^Internal Service Exception|InternalServiceException/i,
    message: "Glue reports an error of its own for crawler {crawler}: {error}",
    remedy: "Run the pipeline again; if it stays, ask AWS support.",
  },
} as const satisfies EndingCauses;
