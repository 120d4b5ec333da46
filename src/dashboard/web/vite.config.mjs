import { defineConfig } from 'vite';

const api = process.env.ASSAY_URL ?? 'http://127.0.0.1:3000';

/** Builds the page into `dist/dashboard/web`. Addresses are relative, so it works below any path. */
export default defineConfig({
  base: './',
  build: {
    outDir: '../../../dist/dashboard/web',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: 'chrome123',
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // For work on the page itself: a server beside it answers the API.
  server: { proxy: { '/v1': { target: api, changeOrigin: true, headers: { origin: api } } } },
});
