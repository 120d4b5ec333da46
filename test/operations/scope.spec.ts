import { describe, expect, it } from '@jest/globals';
import { allows, SCOPES } from '../../src/operations/scope.js';

describe('allows', () => {
  it('grants admin everything, operate also read, and the rest themselves alone', () => {
    const granted = Object.fromEntries(
      SCOPES.map((scope) => [scope, SCOPES.filter((wanted) => allows(scope, wanted))]),
    );
    expect(granted).toEqual({
      admin: ['admin', 'operate', 'read', 'evaluate', 'ingest'],
      operate: ['operate', 'read'],
      read: ['read'],
      evaluate: ['evaluate'],
      ingest: ['ingest'],
    });
  });
});
