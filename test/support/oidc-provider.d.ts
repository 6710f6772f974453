/** What the tests use of oidc-provider, which brings no types. */
declare module "oidc-provider" {
  import type { RequestListener } from "node:http";

  // biome-ignore lint/style/noDefaultExport: that is what the package exports.
  export default class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>);
    callback(): RequestListener;
  }
}
