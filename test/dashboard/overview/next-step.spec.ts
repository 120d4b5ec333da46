import { adviceIn } from '../../../src/dashboard/web/experiment/verdict/next-step.js';

const recommendation = (action: 'CONTINUE' | 'SHIP' | 'STOP_HARM') => ({ action, variant: 'short' });

describe('the advice on an experiment', () => {
  it('is what its figures ask for while units come', () => {
    expect(adviceIn('running', recommendation('CONTINUE')).headline).toBe('Keep it running');
    expect(adviceIn('running', recommendation('SHIP')).headline).toBe('Ship short');
  });

  it('never asks to keep running what does not run', () => {
    for (const status of ['paused', 'killed', 'concluded'] as const)
      expect(adviceIn(status, recommendation('CONTINUE')).headline).not.toBe('Keep it running');
  });

  it('still says of a paused one what its figures have decided', () => {
    expect(adviceIn('paused', recommendation('STOP_HARM')).headline).toBe('Stop short: it does harm');
  });

  it('speaks of a killed one as killed, however good it was', () => {
    expect(adviceIn('killed', recommendation('SHIP')).headline).toBe(
      'Killed: everyone is served the fallback',
    );
  });
});
