import { QueryFailedError } from 'typeorm';
import { databaseFailure, translateDatabaseError } from '../../../src/operations/problem/database-failure.js';
import { AssayError } from '../../../src/operations/assay-error.js';

const withCode = (code: string): Error => Object.assign(new Error('from the server'), { code });

describe('an error of the database', () => {
  // Codes: PostgreSQL documentation, appendix A; Node.js documentation, "Common system errors".
  it.each([
    '08006',
    '25006',
    '28P01',
    '3D000',
    '42501',
    '53300',
    '55000',
    '53100',
    '57P01',
    '57P03',
    'ECONNREFUSED',
    'ETIMEDOUT',
    'ENOTFOUND',
  ])('with code %s means that the database is away', (code) => {
    expect(databaseFailure(withCode(code))).toBe('unavailable');
  });

  it.each(['40001', '40P01'])('with code %s means that the transaction lost a race', (code) => {
    expect(databaseFailure(withCode(code))).toBe('conflict');
  });

  it.each(['23505', '42P01', '22P02', '57014'])('with code %s is a mistake', (code) => {
    expect(databaseFailure(withCode(code))).toBe('other');
  });

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
    'Driver not Connected',
  ])('of the driver, "%s", means that the database is away', (message) => {
    expect(databaseFailure(new Error(message))).toBe('unavailable');
  });

  it('is recognised inside the wrapping of TypeORM and of several failed addresses', () => {
    expect(databaseFailure(new QueryFailedError('SELECT 1', [], withCode('57P01')))).toBe('unavailable');
    expect(databaseFailure(new AggregateError([withCode('ECONNREFUSED')]))).toBe('unavailable');
  });

  it('is translated when the database is away, with the original as its cause', () => {
    const original = withCode('ECONNREFUSED');
    expect(translateDatabaseError(original)).toMatchObject({ code: 'DATABASE_UNAVAILABLE', cause: original });
  });

  it.each([new AssayError('NOT_FOUND', 'no'), withCode('23505'), 'text', null])(
    'is otherwise left as it is: %s',
    (error) => {
      expect(translateDatabaseError(error)).toBe(error);
    },
  );
});
