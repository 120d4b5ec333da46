import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { frame, readFrames } from '../../../src/metrics/spool/frame.js';

const payloads = fc.array(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  { minLength: 1, maxLength: 6 },
);

describe('a frame', () => {
  it('is the length, eight bytes of the SHA-256, and the payload', () => {
    const payload = Buffer.from('an outcome');
    const checksum = createHash('sha256').update(payload).digest().subarray(0, 8);
    expect(frame(payload)).toEqual(Buffer.concat([Buffer.from([10, 0, 0, 0]), checksum, payload]));
  });
});

describe('a file of frames', () => {
  it('is read up to the last whole frame, wherever it was torn', () => {
    fc.assert(
      fc.property(payloads, (written) => {
        const frames = written.map(frame);
        const ends = frames.map((_, index) => Buffer.concat(frames.slice(0, index + 1)).length);
        const file = Buffer.concat(frames);
        for (let torn = 0; torn <= file.length; torn += 1) {
          const whole = ends.filter((end) => end <= torn).length;
          const read = readFrames(file.subarray(0, torn));
          expect(read.payloads).toEqual(written.slice(0, whole));
          expect(read.length).toBe(ends[whole - 1] ?? 0);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is read up to the first changed bit', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.nat(7), (written, place, bit) => {
        const file = Buffer.concat(written.map(frame));
        const position = place % file.length;
        file[position] = (file[position] ?? 0) ^ (1 << bit);
        let end = 0;
        const before = written.filter((payload) => (end += frame(payload).length) <= position);
        expect(readFrames(file).payloads).toEqual(before);
      }),
    );
  });

  it('ends where a power failure left zeros', () => {
    const first = frame(Buffer.from('kept'));
    expect(readFrames(Buffer.concat([first, Buffer.alloc(4_096)]))).toEqual({
      payloads: [Buffer.from('kept')],
      length: first.length,
    });
  });
});
