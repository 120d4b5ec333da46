import { isLoopback } from '../../operations/configuration/loopback.js';
import { AssayError } from '../../operations/assay-error.js';

/**
 * Refuses to sign in where browsers would silently drop the session's `Secure` cookie: a page that was opened by plain http
 * from another machine. By http they keep it for the machine's own name alone (Secure Contexts, W3C, section 3.1).
 *
 * @param origin as the browser sent it, which knows how the page was opened, also behind a proxy
 * @throws AssayError INSECURE_CONNECTION
 */
export function refuseInsecureConnection(origin: string | undefined): void {
  const address = origin !== undefined && URL.canParse(origin) ? new URL(origin) : null;
  if (address === null || address.protocol !== 'http:' || isLoopback(address.hostname)) return;
  throw new AssayError(
    'INSECURE_CONNECTION',
    `The page was opened as ${address.origin}, and browsers keep no session by plain http. Put https in front of the server, or open it on this machine as http://localhost:3000 through a tunnel: ssh -L 3000:localhost:3000 ${address.hostname}.`,
  );
}
