export interface KeptComment {
  readonly id: number;
  body: string;
  author: "us" | "somebody" | "another-bot";
  minimized: boolean;
}

export interface KeptReview {
  readonly body: string;
  readonly comments: readonly Readonly<Record<string, unknown>>[];
}

export interface KeptDeployment {
  readonly id: number;
  readonly request: Readonly<Record<string, unknown>>;
  readonly statuses: Record<string, unknown>[];
}

interface Plain {
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the tests' GitHub keeps, and how it answers. */
export interface GitHubState {
  readonly comments: KeptComment[];
  readonly reviews: KeptReview[];
  readonly deployments: KeptDeployment[];
  /** Files of the pull request, as the API lists them. */
  readonly files: { filename: string; sha: string; patch?: string }[];
  handle(operation: string, request: Plain, example: () => unknown, name: string): Answer;
  graphql(query: string, variables: Readonly<Record<string, unknown>>): unknown;
}

export function createState(): GitHubState {
  const comments: KeptComment[] = [];
  const reviews: KeptReview[] = [];
  const deployments: KeptDeployment[] = [];
  const files: GitHubState["files"] = [];
  let next = 1;
  const object = (value: unknown): Record<string, unknown> =>
    (Array.isArray(value) ? value[0] : value) as Record<string, unknown>;
  const shownComment = (example: () => unknown, comment: KeptComment) => ({
    ...object(example()),
    id: comment.id,
    node_id: `C_${comment.id}`,
    body: comment.body.replaceAll("\n", "\r\n"),
    html_url: `https://github.test/c/${comment.id}`,
    user: { login: comment.author, type: comment.author === "somebody" ? "User" : "Bot" },
  });
  const idOf = ({ path }: Plain): number => Number(/\/(\d+)(?:\/statuses)?$/.exec(path)?.[1]);
  const body = ({ body: given }: Plain) => given as Record<string, unknown>;
  const standing = () =>
    reviews.flatMap(({ comments: made }) => made).map((comment) => ({ line: 1, ...comment }));

  const handlers: Readonly<Record<string, (request: Plain, example: () => unknown) => Answer>> = {
    "issues/list-comments": (request, example) =>
      paged(
        comments.map((comment) => shownComment(example, comment)),
        request,
      ),
    "issues/create-comment": (request, example) => {
      const text = String(body(request)["body"]);
      if (text.length > 65_536) return { status: 422, body: { message: "body is too long" } };
      const comment: KeptComment = { id: next++, body: text, author: "us", minimized: false };
      comments.push(comment);
      return { status: 201, body: shownComment(example, comment) };
    },
    "issues/update-comment": (request, example) => {
      const comment = comments.find(({ id }) => id === idOf(request));
      if (comment === undefined) return { status: 404, body: { message: "Not Found" } };
      comment.body = String(body(request)["body"]);
      return { status: 200, body: shownComment(example, comment) };
    },
    "issues/delete-comment": (request) => {
      const index = comments.findIndex(({ id }) => id === idOf(request));
      comments.splice(index, 1);
      return { status: 204, body: undefined };
    },
    "pulls/list-files": (request, example) =>
      paged(
        files.map(({ patch, ...file }) => {
          const { patch: _, ...rest } = object(example());
          return { ...rest, ...file, ...(patch === undefined ? {} : { patch }) };
        }),
        request,
      ),
    "pulls/list-review-comments": (request, example) =>
      paged(
        standing().map((comment) => ({ ...object(example()), ...comment })),
        request,
      ),
    "pulls/create-review": (request, example) => {
      const { body: text, comments: made } = body(request);
      reviews.push({ body: String(text), comments: made as KeptReview["comments"] });
      return { status: 200, body: object(example()) };
    },
    "repos/list-deployments": (request, example) =>
      paged(
        deployments
          .filter(({ request: made }) => made["environment"] === request.query["environment"])
          .map(({ id }) => ({ ...object(example()), id }))
          .reverse(),
        request,
      ),
    "repos/create-deployment": (request, example) => {
      const deployment = { id: next++, request: body(request), statuses: [] };
      deployments.push(deployment);
      return { status: 201, body: { ...object(example()), id: deployment.id } };
    },
    "repos/list-deployment-statuses": (request, example) => {
      const found = deployments.find(({ id }) => id === idOf(request));
      return paged(
        (found?.statuses ?? []).map((status) => ({ ...object(example()), ...status })),
        request,
      );
    },
    "repos/create-deployment-status": (request, example) => {
      if (String(body(request)["description"]).length > 140)
        return { status: 422, body: { message: "too long" } };
      deployments.find(({ id }) => id === idOf(request))?.statuses.push(body(request));
      return { status: 201, body: object(example()) };
    },
  };

  return {
    comments,
    reviews,
    deployments,
    files,
    handle: (operation, request, example) => {
      const handler = handlers[operation];
      return handler?.(request, example) ?? { status: 500, body: { message: `no handler of ${operation}` } };
    },
    graphql: (query, variables) => {
      const known = (id: unknown) => comments.find((comment) => `C_${comment.id}` === id);
      if (Array.isArray(variables["ids"])) {
        return {
          nodes: variables["ids"].map((id) => {
            const comment = known(id);
            return { id, viewerDidAuthor: comment?.author === "us", isMinimized: comment?.minimized };
          }),
        };
      }
      const minimized = query.includes("minimizeComment(input: { subjectId: $id, classifier");
      const comment = known(variables["id"]);
      if (comment !== undefined) comment.minimized = minimized;
      return {};
    },
  };
}

function paged(items: readonly unknown[], { path, query }: Plain): Answer {
  const size = Number(query["per_page"] ?? 30);
  const page = Number(query["page"] ?? 1);
  const link = `</api/v3${path}?per_page=${size}&page=${page + 1}>; rel="next"`;
  return {
    status: 200,
    body: items.slice((page - 1) * size, page * size),
    ...(page * size < items.length ? { headers: { link } } : {}),
  };
}
