import { refuseInsecureConnection } from '../../../src/dashboard/session/secure-connection.js';

describe('a page opened from', () => {
  it.each([
    [undefined],
    ['null'],
    ['http://localhost:3000'],
    ['http://127.0.0.1:3000'],
    ['http://[::1]:3000'],
    ['https://assay.example.com'],
  ])('%s may sign in', (origin) => {
    expect(() => refuseInsecureConnection(origin)).not.toThrow();
  });

  it.each([['http://10.0.0.5:3000'], ['http://assay.example.com'], ['http://localhost.example.com']])(
    '%s is told that browsers keep no session there, and what to do',
    (origin) => {
      expect(() => refuseInsecureConnection(origin)).toThrow(
        expect.objectContaining({
          code: 'INSECURE_CONNECTION',
          message: expect.stringMatching(/https.*ssh -L/),
        }),
      );
    },
  );
});
