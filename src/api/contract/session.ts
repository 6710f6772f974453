/** How somebody may log in, as `GET /v1/login/ways` tells. All false and undefined: tokens and certificates only. */
export interface LoginWays {
  /** Name and password, by `POST /v1/session`. */
  readonly password: boolean;
  /** The identity provider, by going to `href`, to which `?return=/path` may be added. */
  readonly provider: { readonly name: string; readonly href: string } | undefined;
}

/** Answer to `DELETE /v1/session`. */
export interface LogoutAnswer {
  /** Where the provider ends its session, too; undefined where it offers nothing of the kind. */
  readonly providerLogoutHref: string | undefined;
}
