import { open } from 'node:fs/promises';

/** A file's name is kept by its directory, and is lost with the power unless that is written too. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows opens no directories, and writes names by itself.
  if (process.platform === 'win32') return;
  const directory = await open(path);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
