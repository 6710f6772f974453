import { type ConfigField, type ConfigSection, configSections, expectationOf } from "./fields.ts";

const INTRODUCTION = `# Configuration

This page is made from the schema in \`src/config/schema.ts\`.

Every key has a default, and the server starts without any configuration. Later sources win:

1. defaults
2. a JSON file: \`roadpulse serve --config roadpulse.json\`, or its path in \`ROADPULSE_CONFIG\`
3. environment variables, e.g. \`ROADPULSE_LISTEN_PORT=9090\`
4. flags: \`--set listen.port=9090\`, and short forms of the most common ones (\`roadpulse serve --help\`)

Unknown keys are refused with a hint. \`roadpulse config check\` names every mistake and starts nothing;
\`roadpulse config print\` shows the effective configuration with its secrets masked.

\`\`\`json
{
  "listen": { "port": 9090 },
  "record": { "directory": "recordings" }
}
\`\`\`
`;

/** The reference of all keys as Markdown: the content of `docs/configuration.md`. */
export function renderReference(): string {
  return [INTRODUCTION, ...configSections.map(renderSection)].join("\n");
}

function renderSection(section: ConfigSection): string {
  const title = section.path === "" ? "Top level" : `\`${section.path}\``;
  const rows = section.fields.map(renderRow);
  return [
    `## ${title}`,
    "",
    section.description,
    "",
    "| key | environment variable | takes | default | meaning |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function renderRow(field: ConfigField): string {
  const standard = field.defaultValue === undefined ? "none" : `\`${String(field.defaultValue)}\``;
  const secret = field.secret ? " Secret." : "";
  const cells = [
    `\`${field.path}\``,
    `\`${field.envName}\``,
    expectationOf(field),
    standard,
    field.description + secret,
  ];
  return `| ${cells.join(" | ")} |`;
}
