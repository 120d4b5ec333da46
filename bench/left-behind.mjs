const standing = new Set();

/** Has that undone should this process be stopped from outside; the answer takes it back. */
export function undoIfStopped(undo) {
  standing.add(undo);
  return () => standing.delete(undo);
}

/** Runs work, and undoes what was done for it whatever happens, also when this process is stopped from outside. */
export async function undoing(undo, work) {
  const keep = undoIfStopped(undo);
  try {
    return await work();
  } finally {
    keep();
    await undo();
  }
}

/** The last made first: a process ends before its database is dropped. */
async function undoAll() {
  for (const undo of [...standing].reverse()) await undo();
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void undoAll().finally(() => process.exit(1)));
}
