import { DatabaseSilence } from '../../src/database/database-silence.service.js';

const silenceMilliseconds = 60;
const never = new Promise<never>(() => undefined);
const after = (milliseconds: number) =>
  new Promise<string>((settle) => setTimeout(() => settle('late'), milliseconds));

describe('a database that is listened to', () => {
  it('is given up once it has answered nothing for as long as it may', async () => {
    const silence = new DatabaseSilence({ url: 'postgres://x', silenceMilliseconds });
    const began = performance.now();
    await expect(silence.hear(never)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(performance.now() - began).toBeGreaterThanOrEqual(silenceMilliseconds - 1);
  });

  it('is busy, and not silent, while it answers others', async () => {
    const silence = new DatabaseSilence({ url: 'postgres://x', silenceMilliseconds });
    const late = silence.hear(after(4 * silenceMilliseconds));
    let answering = true;
    const others = (async () => {
      while (answering) await silence.hear(after(1));
    })();
    await expect(late).resolves.toBe('late');
    answering = false;
    await others;
  });

  it('is busy, and not silent, while it answers parts of what is asked', async () => {
    const silence = new DatabaseSilence({ url: 'postgres://x', silenceMilliseconds });
    const parts = setInterval(() => silence.answered(), silenceMilliseconds / 6);
    await expect(silence.hear(after(4 * silenceMilliseconds))).resolves.toBe('late');
    clearInterval(parts);
  });

  it('is heard where it refuses, too', async () => {
    const silence = new DatabaseSilence({ url: 'postgres://x', silenceMilliseconds });
    await expect(silence.hear(Promise.reject(new Error('a mistake')))).rejects.toThrow('a mistake');
  });

  it('is never given up where it is a thread of this process', async () => {
    const silence = new DatabaseSilence({ url: null, silenceMilliseconds });
    await expect(silence.hear(after(2 * silenceMilliseconds))).resolves.toBe('late');
  });
});
