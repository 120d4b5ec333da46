import { describe, expect, it } from '@jest/globals';
import {
  checkLoopbackRequest,
  checkOwnPath,
  checkSessionRequest,
  type RequestOrigin,
} from '../../../src/operations/access/origin.js';

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

describe('With a session a request', () => {
  const own = { host: 'assay.example', origin: 'https://assay.example', fetchSite: 'same-origin' };
  const read = { method: 'GET', contentType: undefined, hasBody: false };
  const verdictOf = (changes: Partial<RequestOrigin>) => {
    try {
      checkSessionRequest({ ...json, ...own, ...changes });
      return 'served';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it.each<[string, Partial<RequestOrigin>]>([
    ['of the page', {}],
    ['of the page behind a proxy that gives the server another name', { host: 'assay:3000' }],
    ['of the page in a browser that says nothing but the origin', { fetchSite: undefined }],
    ['that reads', { ...read, origin: undefined }],
    ['that reads, of a person who typed the address', { ...read, origin: undefined, fetchSite: 'none' }],
    ['that reads in a browser that says nothing', { ...read, origin: undefined, fetchSite: undefined }],
    ['that deletes without a body', { method: 'DELETE', contentType: undefined, hasBody: false }],
  ])('%s is served', (_, changes) => {
    expect(verdictOf(changes)).toBe('served');
  });

  it.each<[string, Partial<RequestOrigin>]>([
    ['of another site', { origin: 'https://evil.example', fetchSite: 'cross-site' }],
    ['of a sibling', { origin: 'https://wiki.assay.example', fetchSite: 'same-site' }],
    ['of a sibling that claims our origin', { fetchSite: 'same-site' }],
    ['of another origin in an old browser', { origin: 'https://evil.example', fetchSite: undefined }],
    ['of a sandboxed page', { origin: 'null', fetchSite: undefined }],
    ['that writes and says nothing', { origin: undefined, fetchSite: undefined }],
    ['that writes by an address that was typed', { origin: undefined, fetchSite: 'none' }],
    ['that reads for another site', { ...read, origin: undefined, fetchSite: 'cross-site' }],
    ['that reads for a sibling', { ...read, origin: undefined, fetchSite: 'same-site' }],
    ['of a page whose host is not known', { host: undefined, fetchSite: undefined }],
  ])('%s is refused as foreign', (_, changes) => {
    expect(verdictOf(changes)).toBe('FOREIGN_ORIGIN');
  });

  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'that writes %s is refused for its type',
    (contentType) => {
      expect(verdictOf({ contentType })).toBe('UNSUPPORTED_MEDIA_TYPE');
    },
  );
});

describe('Opening and ending a session', () => {
  const own = { path: '/v1/session', host: 'assay.example' };
  const verdictOf = (changes: Partial<RequestOrigin>) => {
    try {
      checkOwnPath({ ...json, ...own, ...changes });
      return 'served';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it.each<[string, Partial<RequestOrigin>]>([
    ['from the page', { origin: 'https://assay.example', fetchSite: 'same-origin' }],
    [
      'from the page, behind a proxy',
      { host: 'assay:3000', origin: 'https://a.b', fetchSite: 'same-origin' },
    ],
    ['from a command line', {}],
    ['in a content type that is refused later', { contentType: 'text/plain' }],
  ])('%s is let through', (_, changes) => {
    expect(verdictOf(changes)).toBe('served');
  });

  it.each<[string, Partial<RequestOrigin>]>([
    ['from another site', { origin: 'https://evil.example', fetchSite: 'cross-site' }],
    ['from another site that hides its origin', { fetchSite: 'cross-site' }],
    ['from another site in an old browser', { origin: 'https://evil.example' }],
    ['from a sandboxed page', { origin: 'null' }],
    ['from a form of another site', { fetchSite: 'cross-site', contentType: 'text/plain' }],
    ['of a sibling', { method: 'DELETE', fetchSite: 'same-site' }],
  ])('%s is refused as foreign', (_, changes) => {
    expect(verdictOf(changes)).toBe('FOREIGN_ORIGIN');
  });

  it('concerns no other route, and no reading', () => {
    const foreign = { origin: 'https://app.example.com', fetchSite: 'cross-site' };
    expect(verdictOf({ ...foreign, path: '/v1/feedback' })).toBe('served');
    expect(verdictOf({ ...foreign, method: 'GET' })).toBe('served');
  });
});
