import { Injectable } from '@nestjs/common';
import { AssayError } from '../../operations/assay-error.js';
import { PageFiles, type PageFile } from './page-files.client.js';

/** The page that people see. */
@Injectable()
export class PageService {
  constructor(private readonly files: PageFiles) {}

  /** @throws AssayError NOT_FOUND when the page has no such file, or was not built */
  async read(name: string): Promise<PageFile> {
    const file = await this.files.find(name);
    if (file) return file;
    throw new AssayError(
      'NOT_FOUND',
      name === 'index.html'
        ? 'The page is not built; run npm run build. The API is at /v1 and described at /docs.'
        : `The page has no file "${name.slice(0, 80)}".`,
    );
  }
}
