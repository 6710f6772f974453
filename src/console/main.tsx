import { render } from "preact";
import { App } from "./frame/app.tsx";
import { listenForShortcuts } from "./parts/shortcuts.ts";
import { fetchViewsSoon } from "./views.ts";

const root = document.getElementById("console");
if (root === null) throw new Error("The page has no element for the console.");
listenForShortcuts();
render(<App />, root);
fetchViewsSoon();
