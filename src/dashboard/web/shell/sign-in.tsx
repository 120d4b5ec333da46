import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { request, whenSignedOut, Problem } from '../api/request.js';
import { visible } from '../format/visible.js';
import { forgetTexts, typedTexts } from './kept-texts.js';
import { connect, disconnect, whenRefused } from '../api/live.js';

/** What the server says of the reader. */
export interface Session {
  /** Whether an API key must be shown first. */
  readonly needsKey: boolean;
  /** What the key grants; null on a server without keys, where all is allowed. */
  readonly scope: string | null;
}

const session = signal<Session | null>(null);

/** The present session; null until the server has said so. */
export function useSession(): Session | null {
  useEffect(() => {
    if (session.value === null) void read();
  }, []);
  return session.value;
}

/** Whether the reader may change anything. */
export function mayOperate(): boolean {
  const scope = session.value?.scope ?? null;
  return scope === null || scope === 'admin' || scope === 'operate';
}

async function read(): Promise<void> {
  session.value = await request<Session>('GET', 'v1/session').catch(() => ({ needsKey: false, scope: null }));
  if (session.value.needsKey) disconnect();
  else connect();
}

const checkAgain = () => {
  if (session.value && !session.value.needsKey) void check();
};
whenSignedOut(checkAgain);
whenRefused(checkAgain);

/** Whether the session is over; a server that does not answer says nothing about that. */
async function check(): Promise<void> {
  const present = await request<Session>('GET', 'v1/session').catch(() => null);
  if (!present?.needsKey) return;
  session.value = present;
  disconnect();
}

/** Tells the reader's other tabs, which keep what was typed in them. */
const otherTabs = new BroadcastChannel('assay-signed-out');
otherTabs.onmessage = () => {
  forgetTexts(typedTexts);
  checkAgain();
};

/** Asks for an API key, which goes to the server once and is kept by neither page nor script. */
export function SignIn() {
  const [key, setKey] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const enter = async (event: Event) => {
    event.preventDefault();
    try {
      await request('POST', 'v1/session', { key });
      await read();
    } catch (error) {
      setRefusal(error instanceof Problem ? visible(error.message) : 'The server does not answer.');
    }
  };
  return (
    <main class="sign-in">
      <form onSubmit={(event) => void enter(event)}>
        <h1>Assay</h1>
        <label>
          API key
          <input
            type="password"
            autocomplete="current-password"
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        <button class="primary" disabled={key === ''}>
          Sign in
        </button>
        <p role="alert">{refusal}</p>
        <p class="muted">
          A key is made where the server is installed:{' '}
          <code>npm run keys -- create --scope read --name you</code>, with <code>--scope operate</code> for
          whoever may also change experiments. The server’s own <code>ASSAY_ADMIN_KEY</code> works as well.
        </p>
      </form>
    </main>
  );
}

/** Ends the session; not shown on a server without keys. */
export function SignOut() {
  if (!session.value?.scope) return null;
  const leave = async () => {
    await request('DELETE', 'v1/session');
    forgetTexts(typedTexts);
    otherTabs.postMessage(null);
    session.value = null;
    await read();
  };
  return (
    <button class="quiet sign-out" onClick={() => void leave()}>
      Sign out
    </button>
  );
}
