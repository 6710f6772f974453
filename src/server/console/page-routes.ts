import { fileURLToPath } from "node:url";
import { readStaticFiles } from "../../api/static-files.ts";
import { type HttpExchange, type HttpRoute, sendProblem } from "../../ops/http.ts";
import type { ParameterDescription, RouteDescription } from "../../ops/route-description.ts";

/** What the console's build has made. Sources and build lie equally deep. */
const FOLDER = fileURLToPath(new URL("../../../dist/console/", import.meta.url));

/** Views of the console; each keeps its state in the query. */
const PAGES = ["/", "/incidents", "/network", "/kpis", "/system"];

const ASSETS = "/assets/";

const FILE: ParameterDescription = {
  name: "file",
  in: "path",
  description: "As the page names it.",
  schema: { type: "string" },
};

const describe = (summary: string, contentType: string): RouteDescription => ({
  tag: "console",
  summary,
  answers: {
    200: { description: "The file.", contentType },
    304: { description: "The client has it." },
    404: { description: "There is none." },
  },
});

/** The console's files. They tell nothing of the traffic, so anybody may have them: whoever opens the page logs in there. */
export function pageRoutes(folder: string = FOLDER): HttpRoute[] {
  const files = readStaticFiles(folder);
  const answer = async (name: string, { request, response, path }: HttpExchange) => {
    const file = files.get(name);
    if (file !== undefined) return file.answer(request, response);
    if (files.size > 0) sendProblem(response, 404, "not-found", `There is no ${path} here.`);
    else sendProblem(response, 404, "no-console", "The console is not built: npm run build makes it.");
  };
  const page = (path: string): HttpRoute => ({
    method: "GET",
    path,
    access: "anyone",
    describe: describe("A page of the console", "text/html"),
    ...(path === "/" ? { title: "The traffic centre's console" } : {}),
    handle: (exchange) => answer("index.html", exchange),
  });
  const rest = [...files.keys()].filter((name) => name !== "index.html" && !name.startsWith(ASSETS.slice(1)));
  return [
    ...PAGES.map(page),
    {
      method: "GET",
      path: `${ASSETS}*`,
      access: "anyone",
      describe: {
        ...describe("A file of the console, kept forever", "*/*"),
        path: `${ASSETS}{file}`,
        parameters: [FILE],
      },
      handle: (exchange) => answer(exchange.path.slice(1), exchange),
    },
    ...rest.map(
      (name): HttpRoute => ({
        method: "GET",
        path: `/${name}`,
        access: "anyone",
        describe: describe("A file of the console", "*/*"),
        handle: (exchange) => answer(name, exchange),
      }),
    ),
  ];
}
