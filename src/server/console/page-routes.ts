import { fileURLToPath } from "node:url";
import { readStaticFiles } from "../../api/static-files.ts";
import { type HttpExchange, type HttpRoute, sendProblem } from "../../ops/http.ts";

/** What the console's build has made. Sources and build lie equally deep. */
const FOLDER = fileURLToPath(new URL("../../../dist/console/", import.meta.url));

/** Views of the console; each keeps its state in the query. */
const PAGES = ["/", "/incidents", "/network", "/kpis", "/system"];

const ASSETS = "/assets/";

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
      handle: (exchange) => answer(exchange.path.slice(1), exchange),
    },
    ...rest.map(
      (name): HttpRoute => ({
        method: "GET",
        path: `/${name}`,
        access: "anyone",
        handle: (exchange) => answer(name, exchange),
      }),
    ),
  ];
}
