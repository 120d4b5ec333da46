/** Milliseconds that a server has to end a stream whose last event has come. */
const patience = 1000;

/**
 * Reads the events of a stream until one of them is the last; false when it ended before. What follows the last one is read
 * behind the caller's back, so that the connection can be used again; a server that does not end it is cut off.
 *
 * @param note takes an event, and tells whether it is the last; what it throws cuts the stream off
 */
export async function readEvents<Event>(
  stream: AsyncIterable<Event>,
  controller: AbortController,
  note: (event: Event) => boolean,
): Promise<boolean> {
  const events = stream[Symbol.asyncIterator]();
  try {
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      if (!note(next.value)) continue;
      drain(events, controller);
      return true;
    }
    return false;
  } catch (error) {
    controller.abort();
    throw error;
  }
}

function drain(events: AsyncIterator<unknown>, controller: AbortController): void {
  const timer = setTimeout(() => controller.abort(), patience);
  timer.unref();
  const rest = async () => {
    for (let next = await events.next(); next.done !== true; next = await events.next());
  };
  // The answer is whole: what happens to the connection now is no failure of it.
  const settle = () => clearTimeout(timer);
  rest().then(settle, settle);
}
