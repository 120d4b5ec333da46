import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { contentTypeOf } from './content-type.js';

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly type: string;
  readonly tag: string;
  readonly plain: Buffer;
  readonly brotli: Buffer;
}

/** The same from `src` and from `dist`. */
const built = fileURLToPath(new URL('../../../dist/dashboard/web/', import.meta.url));

/** The built page, read once: less than a megabyte. Without a build there is none. */
@Injectable()
export class PageFiles {
  protected readonly folder: string = built;
  private files: Promise<ReadonlyMap<string, PageFile>> | null = null;

  /** By its name below the page's folder: `index.html`, `assets/index-1a2b.js`. */
  async find(name: string): Promise<PageFile | undefined> {
    this.files ??= readAll(this.folder).catch((error: unknown) => {
      this.files = null;
      throw error;
    });
    return (await this.files).get(name);
  }
}

async function readAll(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const compressed = names.filter((name) => name.endsWith('.br'));
  return new Map(await Promise.all(compressed.map((name) => readOne(folder, name.slice(0, -'.br'.length)))));
}

async function readOne(folder: string, name: string): Promise<readonly [string, PageFile]> {
  const [plain, brotli] = await Promise.all([readFile(folder + name), readFile(`${folder}${name}.br`)]);
  // Weak, for the same stands for both encodings (RFC 9110, section 8.8.3).
  const tag = `W/"${createHash('sha256').update(plain).digest('hex').slice(0, 16)}"`;
  return [name.replaceAll('\\', '/'), { type: contentTypeOf(name), tag, plain, brotli }];
}
