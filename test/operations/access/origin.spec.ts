import { describe, expect, it } from '@jest/globals';
import { checkLoopbackRequest, type RequestOrigin } from '../../../src/operations/access/origin.js';

const json: RequestOrigin = {
  method: 'POST',
  path: '/v1/experiments',
  host: 'localhost:3000',
  origin: undefined,
  fetchSite: undefined,
  contentType: 'application/json; charset=utf-8',
  hasBody: true,
};
const invited = ['https://app.example.com'];

function verdict(changes: Partial<RequestOrigin>): string {
  try {
    checkLoopbackRequest({ ...json, ...changes }, invited);
    return 'served';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('Without keys a request', () => {
  it.each<[string, Partial<RequestOrigin>]>([
    ['from a command line', {}],
    ['to 127.0.0.1', { host: '127.0.0.1:3000' }],
    ['to ::1', { host: '[::1]:3000' }],
    ['from the server’s own page', { origin: 'http://localhost:3000', fetchSite: 'same-origin' }],
    ['that reads', { method: 'GET', contentType: undefined, hasBody: false }],
    ['that deletes without a body', { method: 'DELETE', contentType: undefined, hasBody: false }],
    ['that imports NDJSON', { path: '/v1/experiments/x/import', contentType: 'application/x-ndjson' }],
    [
      'of feedback from an invited page',
      { path: '/v1/feedback', origin: 'https://app.example.com', fetchSite: 'cross-site' },
    ],
  ])('%s is served', (_, changes) => {
    expect(verdict(changes)).toBe('served');
  });

  it.each<[string, Partial<RequestOrigin>]>([
    ['to a name that an attacker points at us', { host: 'evil.example:3000' }],
    ['to a name that begins like ours', { host: 'localhost.evil.example' }],
    ['without a host', { host: undefined }],
    ['from a foreign page', { origin: 'https://evil.example' }],
    ['from another port of this machine', { origin: 'http://localhost:5173' }],
    ['from a sandboxed page', { origin: 'null' }],
    ['that a foreign page navigated to', { method: 'GET', fetchSite: 'cross-site' }],
    ['from an invited page to another route', { origin: 'https://app.example.com' }],
    ['of feedback from a page that is not invited', { path: '/v1/feedback', origin: 'https://evil.example' }],
  ])('%s is refused as foreign', (_, changes) => {
    expect(verdict(changes)).toBe('FOREIGN_ORIGIN');
  });

  it.each<[string, Partial<RequestOrigin>]>([
    ['in text/plain, which needs no preflight', { contentType: 'text/plain' }],
    ['as a form', { contentType: 'application/x-www-form-urlencoded' }],
    ['without a type', { contentType: undefined }],
    ['without a type and without a body', { contentType: undefined, hasBody: false }],
    ['that deletes with an untyped body', { method: 'DELETE', contentType: undefined }],
    ['of JSON where NDJSON is due', { path: '/v1/experiments/x/import' }],
    ['of NDJSON where JSON is due', { contentType: 'application/x-ndjson' }],
  ])('that writes %s is refused for its type', (_, changes) => {
    expect(verdict(changes)).toBe('UNSUPPORTED_MEDIA_TYPE');
  });
});
