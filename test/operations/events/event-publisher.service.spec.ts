import { Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { assayEvents } from '../../../src/operations/events/assay-events.js';
import { EventPublisher } from '../../../src/operations/events/event-publisher.service.js';

describe('EventPublisher', () => {
  beforeEach(() => Logger.overrideLogger(false));
  afterEach(() => Logger.overrideLogger(['error', 'warn', 'log']));

  it('reaches every listener, though one throws and another rejects', async () => {
    const events = new EventEmitter2();
    const heard: object[] = [];
    events.on(assayEvents.outcome, () => {
      throw new Error('broken');
    });
    events.on(assayEvents.outcome, () => Promise.reject(new Error('broken later')));
    events.on(assayEvents.outcome, (outcome: object) => heard.push(outcome));
    expect(() => new EventPublisher(events).publish(assayEvents.outcome, { id: 'a' })).not.toThrow();
    await new Promise(setImmediate);
    expect(heard).toEqual([{ id: 'a' }]);
  });
});
