import { readdirSync } from 'node:fs';
import { pathOf, textOf } from './pages.js';
import { pictures } from './pictures/all.js';
import { palette } from './pictures/palette.js';

/** Light and dark as code hosts have them. */
const backgrounds = ['#ffffff', '#0d1117'];

/** Source: W3C, Web Content Accessibility Guidelines 2.2, definitions of relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) => {
    const share = parseInt(colour.slice(place, place + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('docs/pictures', () => {
  it('has the pictures that are drawn, and no others', () => {
    expect(readdirSync(pathOf('docs/pictures')).sort()).toEqual(Object.keys(pictures).sort());
  });

  it.each(Object.keys(pictures))('%s is what the functions of the product draw', (name) => {
    const drawn = pictures[name]?.() ?? '';
    // Otherwise: node scripts/draw-pictures.mjs
    expect(drawn).toBe(textOf(`docs/pictures/${name}`));
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
  });

  it.each(Object.keys(pictures))('%s keeps its words inside', (name) => {
    const svg = textOf(`docs/pictures/${name}`);
    const width = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
    const words = [
      ...svg.matchAll(/<text x="([\d.]+)" y="[\d.]+" text-anchor="(\w+)" font-size="(\d+)"[^>]*>([^<]*)</g),
    ];
    expect(words.length).toBeGreaterThan(0);
    for (const [, x, anchor, size, text = ''] of words) {
      // A letter of a common sans-serif font is 0.55 of its size wide on average.
      const length = 0.55 * Number(size) * text.replaceAll(/&\w+;/g, '.').length;
      const left = Number(x) - length * (anchor === 'end' ? 1 : anchor === 'middle' ? 0.5 : 0);
      expect({ text, left: left >= -2, right: left + length <= width + 2 }).toEqual({
        text,
        left: true,
        right: true,
      });
    }
  });

  it('is drawn in colours that can be read on light and on dark', () => {
    for (const colour of Object.values(palette)) {
      for (const background of backgrounds) expect(contrast(colour, background)).toBeGreaterThan(4);
    }
  });

  it('is shown, picture by picture, on some page', () => {
    const names = readdirSync(pathOf('docs')).filter((name) => name.endsWith('.md'));
    const pages = names.map((name) => textOf(`docs/${name}`)).join('\n');
    const shown = [...pages.matchAll(/\]\(pictures\/([^)]+)\)/g)].map(([, name = '']) => name);
    expect([...new Set(shown)].sort()).toEqual(Object.keys(pictures).sort());
  });
});
