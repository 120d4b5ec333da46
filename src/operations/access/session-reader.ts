import type { KeyReference } from './api-key.js';

/** Reads what a session's cookie stands for. The server's page brings one; without it cookies mean nothing. */
export interface SessionReader {
  /**
   * The key that the session was opened with; null for a forged, expired or broken cookie.
   *
   * @throws AssayError DATABASE_UNAVAILABLE while it cannot be told
   */
  read(cookie: string): KeyReference | null;
}
