import { existsSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { PageFiles } from '../../../src/dashboard/page/page-files.client.js';
import { startServer, type StartedServer } from '../../e2e/server.fixture.js';

const built = existsSync(new URL('../../../dist/dashboard/web/index.html.br', import.meta.url));
if (!built && process.env['CI'] === 'true') throw new Error('The page is not built: npm run build');
if (!built) console.warn('Skipped: the page is not built; npm run build');
const describeBuilt = built ? describe : describe.skip;

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

describeBuilt('the page, as it is served', () => {
  let server: StartedServer;
  let assets: string[];
  beforeAll(async () => {
    server = await startServer();
    const { body } = await server.call('GET', '/');
    assets = [...String(body).matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => `/${path}`);
  }, 60_000);
  afterAll(() => server.close());

  const get = (path: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    server.app.inject({ method, url: path, headers });

  it('is HTML that loads scripts and styles of its own alone', async () => {
    const answer = await get('/');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(assets.length).toBeGreaterThanOrEqual(2);
    expect(answer.body).not.toMatch(/https?:\/\/|<style|style=|<script(?![^>]*src=)|\son\w+=/);
  });

  it('comes with a policy under which no text can become markup or script', async () => {
    const { headers } = await get('/');
    expect(headers['content-security-policy']).toBe(policy);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('leaves the documentation page what that needs', async () => {
    const { headers } = await get('/docs');
    expect(headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'");
    expect(headers['content-security-policy']).not.toContain('trusted-types');
  });

  it('is asked for again each time, and its files are kept for a year under names that change', async () => {
    expect((await get('/')).headers['cache-control']).toBe('no-cache');
    for (const path of assets) {
      const { statusCode, headers } = await get(path);
      expect(statusCode).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-type']).toMatch(path.endsWith('.js') ? /^text\/javascript/ : /^text\/css/);
      expect(headers.vary).toBe('accept-encoding');
    }
  });

  it('is sent compressed to whoever takes that, the same bytes', async () => {
    for (const path of ['/', ...assets]) {
      const [plain, compressed] = [await get(path), await get(path, { 'accept-encoding': 'gzip, br' })];
      expect(plain.headers).not.toHaveProperty('content-encoding');
      expect(compressed.headers['content-encoding']).toBe('br');
      expect(compressed.rawPayload.length).toBeLessThan(plain.rawPayload.length);
      expect(brotliDecompressSync(compressed.rawPayload)).toEqual(plain.rawPayload);
      expect((await get(path, { 'accept-encoding': 'br;q=0' })).headers).not.toHaveProperty(
        'content-encoding',
      );
    }
  });

  it('is not sent again to whoever has it', async () => {
    for (const path of ['/', '/assay.svg', ...assets]) {
      const { headers } = await get(path);
      const tag = String(headers.etag);
      expect(tag).toMatch(/^W\/"[0-9a-f]{16}"$/);
      const same = await get(path, { 'if-none-match': `"other", ${tag}`, 'accept-encoding': 'br' });
      expect([same.statusCode, same.rawPayload.length]).toEqual([304, 0]);
      expect(same.headers).toMatchObject({ etag: tag, 'cache-control': headers['cache-control'] });
      expect((await get(path, { 'if-none-match': '"other"' })).statusCode).toBe(200);
    }
  });

  it('answers HEAD with the headers alone', async () => {
    for (const path of ['/', ...assets]) {
      const [head, whole] = [await get(path, {}, 'HEAD'), await get(path)];
      expect([head.statusCode, head.body]).toEqual([200, '']);
      for (const name of [
        'etag',
        'content-type',
        'content-length',
        'cache-control',
        'content-security-policy',
      ]) {
        expect(head.headers[name]).toBe(whole.headers[name]);
      }
    }
  });

  it.each([
    '/assets/none.js',
    '/assets/',
    '/assets/../index.html.br',
    '/assets/..%2findex.html',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/%2e%2e%2f%2e%2e%2fmain.js',
    '/assets/..%5c..%5cmain.js',
    '/assets/....//main.js',
    '/assets/%252e%252e%252fmain.js',
    '/assets//etc/passwd',
    '/assets/%2fetc%2fpasswd',
    '/assets/__proto__',
    '/assets/constructor',
    '/assets/index.html',
    '/index.html.br',
    '/main.js',
    '/package.json',
  ])('has nothing at %s', async (path) => {
    const answer = await get(path);
    expect([400, 404]).toContain(answer.statusCode);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ code: expect.stringMatching(/NOT_FOUND|INVALID_REQUEST/) });
    expect(answer.headers['cache-control']).not.toMatch(/immutable/);
    expect(answer.body).not.toMatch(/\/dist\/|"dependencies"|root:/);
  });

  it('takes no null byte for the end of a name', async () => {
    for (const path of assets) {
      expect((await get(`${path}%00.html`)).statusCode).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('a server whose page is not built', () => {
  it('says so at its address, and goes on serving the API', async () => {
    const server = await startServer();
    try {
      server.app.get(PageFiles, { strict: false }).find = () => Promise.resolve(undefined);
      const answer = await server.call('GET', '/');
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      expect(answer.body.detail).toBe(
        'The page is not built; run npm run build. The API is at /v1 and described at /docs.',
      );
      expect((await server.call('GET', '/v1/experiments')).status).toBe(200);
    } finally {
      await server.close();
    }
  }, 60_000);
});
