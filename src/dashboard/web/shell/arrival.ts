import { readRoute } from './router.js';

/** The page that an address leads to; the parts of an experiment and of the plan are one page each. */
function pageAt(address: string): string {
  const [place = '', key = ''] = readRoute(new URL(address).hash).path;
  return place === 'experiments' ? `${place}/${key}` : place;
}

let arrives = false;

addEventListener('hashchange', ({ oldURL, newURL }) => {
  // What the page itself puts into the address, such as a filter, names no address.
  if (oldURL !== '' && pageAt(oldURL) !== pageAt(newURL)) arrives = true;
});

/** Whether the reader has just come from another page; says so once. */
export function takeArrival(): boolean {
  const answer = arrives;
  arrives = false;
  return answer;
}
