export const json = { 'content-type': 'application/json' };
const nested = (depth: number): string =>
  `{"name":"x","nested":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;

/** A request that must be refused, and how. */
export interface BadRequest {
  readonly title: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly status: number;
  readonly code: string;
  readonly pointer?: string;
}

/** Bodies, headers and addresses that clients have been seen to send. */
export const BAD_REQUESTS: BadRequest[] = [
  { title: 'an empty object', body: '{}', status: 400, code: 'INVALID_REQUEST', pointer: '/name' },
  { title: 'no body', status: 400, code: 'INVALID_REQUEST' },
  { title: 'a body that is no JSON', body: '{"name":', status: 400, code: 'INVALID_REQUEST' },
  { title: 'NaN', body: '{"name":"x","weight":NaN}', status: 400, code: 'INVALID_REQUEST' },
  {
    title: '1e400',
    body: '{"name":"x","weight":1e400}',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/weight',
  },
  {
    title: 'a weight of -1',
    body: '{"name":"x","weight":-1}',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/weight',
  },
  {
    title: 'a NUL character in text',
    body: '{"name":"a\\u0000b"}',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/name',
  },
  {
    title: 'a NUL character in a name',
    body: '{"name":"x","nested":{"\\u0000":1}}',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/nested/\0',
  },
  {
    title: 'half a surrogate pair',
    body: '{"name":"\\ud800"}',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/name',
  },
  {
    title: '__proto__',
    body: '{"name":"x","__proto__":{"isAdmin":true}}',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/__proto__',
  },
  {
    title: 'an escaped __proto__',
    body: '{"name":"x","nested":{"\\u005f_proto__":{}}}',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/nested/__proto__',
  },
  {
    title: 'constructor.prototype',
    body: '{"name":"x","nested":{"constructor":{"prototype":{}}}}',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/nested/constructor',
  },
  {
    title: 'an unknown field',
    body: '{"name":"x","colour":"red"}',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/colour',
  },
  { title: 'a list for an object', body: '[1,2]', status: 400, code: 'INVALID_REQUEST' },
  { title: 'null', body: 'null', status: 400, code: 'INVALID_REQUEST' },
  { title: 'nesting of 40 levels', body: nested(40), status: 400, code: 'INVALID_REQUEST' },
  { title: 'nesting of 100,000 levels', body: nested(100_000), status: 400, code: 'INVALID_REQUEST' },
  {
    title: 'a body of 10 MB',
    body: Buffer.alloc(10 * 1024 * 1024, 0x20),
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    title: 'text/plain',
    headers: { 'content-type': 'text/plain' },
    body: '{"name":"x"}',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    title: 'a form',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'name=x',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    title: 'a malformed content type',
    headers: { 'content-type': ';;;' },
    body: '{"name":"x"}',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    title: 'no content type',
    headers: {},
    body: '{"name":"x"}',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    title: 'NDJSON where JSON is due',
    headers: { 'content-type': 'application/x-ndjson' },
    body: '{"name":"x"}\n',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    title: 'an address without a route',
    method: 'GET',
    url: '/v1/nothing?q=1',
    status: 404,
    code: 'NOT_FOUND',
  },
  { title: 'a method the address lacks', method: 'PUT', body: '{}', status: 405, code: 'METHOD_NOT_ALLOWED' },
  {
    title: 'a broken escape in the address',
    method: 'GET',
    url: '/v1/things/%ZZ',
    status: 400,
    code: 'INVALID_REQUEST',
  },
  {
    title: 'a NUL character in the path',
    method: 'GET',
    url: '/v1/things/%00',
    status: 400,
    code: 'INVALID_REQUEST',
  },
  {
    title: 'a NUL character in the query',
    method: 'GET',
    url: '/v1/things?limit=%00',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/limit',
  },
  {
    title: 'a query out of range',
    method: 'GET',
    url: '/v1/things?limit=1000',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/limit',
  },
  {
    title: 'a query that is no number',
    method: 'GET',
    url: '/v1/things?limit=many',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/limit',
  },
  {
    title: 'a query given twice',
    method: 'GET',
    url: '/v1/things?limit=1&limit=2',
    status: 400,
    code: 'INVALID_REQUEST',
    pointer: '/limit',
  },
  {
    title: 'a path parameter of 5,000 characters',
    method: 'GET',
    url: `/v1/things/${'k'.repeat(5_000)}`,
    status: 414,
    code: 'URI_TOO_LONG',
  },
  {
    title: 'a preflight where CORS is off',
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
  },
  {
    title: 'a status of the framework that has no code of its own',
    method: 'GET',
    url: '/v1/teapot',
    status: 400,
    code: 'INVALID_REQUEST',
  },
];
