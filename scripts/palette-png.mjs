// Makes a picture of the page a third of its size: 256 colours at most, which is what such a picture has but for soft edges.
import { Buffer } from 'node:buffer';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const mostColours = 256;

function chunksOf(png) {
  const chunks = {};
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    chunks[name] = Buffer.concat([chunks[name] ?? Buffer.alloc(0), png.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  return chunks;
}

/** Undoes the filters of PNG (RFC 2083, section 6). */
function unfiltered(bytes, stride, size, height) {
  const pixels = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = bytes[row * (stride + 1)];
    for (let at = 0; at < stride; at += 1) {
      const here = row * stride + at;
      const left = at >= size ? pixels[here - size] : 0;
      const up = row > 0 ? pixels[here - stride] : 0;
      const corner = row > 0 && at >= size ? pixels[here - stride - size] : 0;
      pixels[here] = bytes[row * (stride + 1) + 1 + at] + predicted(filter, left, up, corner);
    }
  }
  return pixels;
}

function predicted(filter, left, up, corner) {
  if (filter < 4) return [0, left, up, (left + up) >> 1][filter];
  const away = [left, up, corner].map((each) => Math.abs(left + up - corner - each));
  if (away[0] <= away[1] && away[0] <= away[2]) return left;
  return away[1] <= away[2] ? up : corner;
}

/** The colours that occur most, and for every other the nearest of them. */
function paletteOf(pixels, size) {
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += size) {
    const colour = pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const all = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const palette = all.slice(0, mostColours);
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const distance = (a, b) => parts(a).reduce((sum, part, place) => sum + (part - parts(b)[place]) ** 2, 0);
  const nearest = (colour) => {
    const distances = palette.map((each) => distance(each, colour));
    return distances.indexOf(Math.min(...distances));
  };
  return {
    palette,
    placeOf: new Map(all.map((each, place) => [each, place < mostColours ? place : nearest(each)])),
  };
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The same picture with a palette; of an 8-bit RGB or RGBA one without transparency, as browsers make them. */
export function withPalette(png) {
  const { IHDR: header, IDAT: data } = chunksOf(png);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const size = header[9] === 6 ? 4 : 3;
  const pixels = unfiltered(inflateSync(data), width * size, size, height);
  const { palette, placeOf } = paletteOf(pixels, size);
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at += 1)
    rows[at + Math.floor(at / width) + 1] = placeOf.get(pixels.readUIntBE(at * size, 3));
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const indexed = Buffer.from(header);
  indexed[9] = 3;
  return Buffer.concat([
    signature,
    chunk('IHDR', indexed),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
