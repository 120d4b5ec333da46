const drawn = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
  'stroke-linejoin',
];

const lineHeight = 20;
const markWidth = 36;

/**
 * A drawing that can stand alone: with its titles and its legend above it, its textures, and its styles, which come from the
 * page's style sheet, written onto each element.
 */
export function standaloneDrawing(svg: SVGSVGElement, titles: readonly string[]): SVGSVGElement {
  const copy = styledCopy(svg) as SVGSVGElement;
  const textures = document.getElementById('textures');
  if (textures) copy.prepend(styledCopy(textures));
  const legend = [...(svg.closest('figure')?.querySelectorAll('.legend li, .river-key li') ?? [])];
  const head = (titles.length + legend.length) * lineHeight + lineHeight / 2;
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('viewBox', `0 ${-head} ${width} ${height + head}`);
  copy.setAttribute('height', String(height + head));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const style = getComputedStyle(svg.closest('figure') ?? document.body);
  titles.forEach((title, line) => copy.append(textOf(title, 0, lineHeight * (line + 1) - head, style)));
  legend.forEach((item, place) => {
    const y = lineHeight * (titles.length + place + 1) - head;
    copy.append(...legendLine(item, y, style));
  });
  return copy;
}

function legendLine(item: Element, y: number, style: CSSStyleDeclaration): Element[] {
  const mark = item.querySelector('svg');
  const words = textOf(item.textContent, mark ? markWidth : 0, y, style);
  if (!mark) return [words];
  const copy = styledCopy(mark);
  copy.setAttribute('y', String(y - 12));
  return [copy, words];
}

function textOf(words: string | null, x: number, y: number, style: CSSStyleDeclaration): Element {
  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  text.textContent = words;
  const attributes = { x, y, fill: style.color, 'font-family': style.fontFamily, 'font-size': '14px' };
  for (const [name, value] of Object.entries(attributes)) text.setAttribute(name, String(value));
  return text;
}

function styledCopy(original: Element): Element {
  const copy = original.cloneNode(true) as Element;
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [place, each] of [original, ...original.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(each);
    for (const name of drawn) copies[place]?.setAttribute(name, style.getPropertyValue(name));
  }
  return copy;
}
