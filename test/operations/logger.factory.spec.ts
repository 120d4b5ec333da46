import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '../../src/operations/logger.factory.js';

describe('createLogger', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  function written(format: 'json' | 'text', level: 'log' | 'warn'): string[] {
    const lines: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(line.toString()) > 0);
    const logger = createLogger({ logFormat: format, logLevel: level });
    logger.log('started', { port: 3000 }, 'Main');
    logger.warn('slow', 'Main');
    return lines;
  }

  it('writes one JSON object a line, with its parameters', () => {
    const [first] = written('json', 'log');
    expect(JSON.parse(first ?? '')).toMatchObject({
      level: 'log',
      message: 'started',
      context: 'Main',
      params: { port: 3000 },
    });
  });

  it('leaves out what is below the level', () => {
    const lines = written('json', 'warn').map((line) => (JSON.parse(line) as { message: string }).message);
    expect(lines).toEqual(['slow']);
  });

  it('writes text for people', () => {
    expect(written('text', 'warn').join('')).toMatch(/WARN.*slow/s);
  });
});
