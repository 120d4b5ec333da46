import { TimedClient } from '../../src/database/timed.client.js';

describe("a connection that is lost while it is nobody's", () => {
  it('ends no process', () => {
    // Node throws where an error is emitted and nobody listens: https://nodejs.org/api/events.html#error-events
    expect(new TimedClient().emit('error', new Error('terminating connection'))).toBe(true);
  });
});
