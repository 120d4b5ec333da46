/** Whether the database answers, as the page is told it. */
export type LiveDatabase = 'ready' | 'away';

/** What is said before the first event: after that many milliseconds a browser connects again. */
export const liveOpening = 'retry: 1000\n\n';

/** The heartbeat, as text of an event stream. */
export function beatText(database: LiveDatabase): string {
  return eventText('beat', { database });
}

/** That an experiment changed; null says that anything may have. */
export function changeText(experiment: string | null): string {
  return eventText('change', { experiment });
}

/** JSON has no line ends of its own, which would end an event (WHATWG HTML, Server-sent events). */
function eventText(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
