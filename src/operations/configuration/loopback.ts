import { AssayError } from '../assay-error.js';

const LOOPBACK_ADDRESS = /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/i;

/**
 * Whether a host name or address can only be reached from the same machine.
 *
 * @example isLoopback('[::1]') // true
 */
export function isLoopback(host: string): boolean {
  return LOOPBACK_ADDRESS.test(host.replace(/^\[(.*)\]$/, '$1'));
}

/**
 * Whether a server may listen on `host`: any address once some API key exists, else loopback only.
 *
 * @example mayListen('0.0.0.0', false) // false
 */
export function mayListen(host: string, hasKeys: boolean): boolean {
  return hasKeys || isLoopback(host);
}

/**
 * Stops a start that would serve other machines without asking anyone for a key.
 *
 * @throws AssayError INVALID_CONFIGURATION naming the ways out
 */
export function checkListening(host: string, hasKeys: boolean): void {
  if (mayListen(host, hasKeys)) return;
  const message = `HOST=${host}: other machines could use Assay without a key. Set ASSAY_ADMIN_KEY (openssl rand -hex 32), create a key with "npm run keys -- create", or leave HOST out to serve this machine alone.`;
  throw new AssayError('INVALID_CONFIGURATION', message, [{ pointer: '/HOST', message }]);
}
