import { standaloneDrawing } from './standalone-drawing.js';

/** Hands the reader a file. */
export function saveText(text: string, name: string, type: string): void {
  save(new Blob([text], { type }), name);
}

/** The drawing as a file of its own, in the colours of now. */
export function saveSvg(svg: SVGSVGElement, title: string): void {
  saveText(markupOf(svg, title), `${title}.svg`, 'image/svg+xml');
}

/** The same as an image, at twice the size. */
export async function savePng(svg: SVGSVGElement, title: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markupOf(svg, title))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(blob, `${title}.png`), 'image/png');
}

function markupOf(svg: SVGSVGElement, title: string): string {
  return new XMLSerializer().serializeToString(standaloneDrawing(svg, [pageTitle(), title]));
}

/** What the whole page is about, such as the experiment's name. */
function pageTitle(): string {
  return document.querySelector('h1')?.textContent ?? '';
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${pageTitle()} - ${name}`.replaceAll(/[^\p{L}\p{N} ._-]/gu, '_');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
