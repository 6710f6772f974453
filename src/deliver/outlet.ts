import type { Connection } from "../transport/transport.ts";

/** What a session needs of a connection: alert sockets and the sockets of producers that subscribe are served alike. */
export type Outlet = Pick<Connection, "send" | "bufferedBytes" | "close" | "terminate">;
