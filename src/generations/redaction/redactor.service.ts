import { Inject, Injectable, Logger } from '@nestjs/common';
import { AssayError } from '../../operations/assay-error.js';
import { patternFault } from '../../targeting/pattern/pattern.js';
import { compileFinder, type Span } from '../../targeting/pattern/pattern-finder.js';
import { GENERATION_LOG_OPTIONS, type GenerationLogOptions } from '../generation-log.options.js';
import type { GenerationRow } from '../generation-row.js';
import { withoutPersonalData } from './detectors.js';

/** What stands where a pattern of the user's was found. */
const mark = '[redacted]';
/** What is stored of a text that the application's own callback could not read. */
export const withheld = '[withheld: the redaction of this text failed]';

/** Takes out of texts what must not be stored: what is built in, then the user's patterns, then the application's callback. */
@Injectable()
export class Redactor {
  private readonly logger = new Logger(Redactor.name);
  private readonly finders: readonly ((text: string) => Span[])[];
  private hasFailed = false;

  constructor(@Inject(GENERATION_LOG_OPTIONS) private readonly options: GenerationLogOptions) {
    this.finders = options.patterns.map(finderOf);
  }

  /** The row with every text of its prompt, answer, parameters and warnings redacted. */
  async redactRow(row: GenerationRow): Promise<GenerationRow> {
    const { prompt, response, parameters, warnings } = row;
    const redacted = await this.redactAll({ prompt, response, parameters, warnings });
    return { ...row, ...(redacted as object) };
  }

  /** The text as it may be stored. */
  async redactText(text: string): Promise<string> {
    let redacted = withoutPersonalData(text);
    for (const find of this.finders) redacted = without(redacted, find(redacted));
    return this.options.redact ? this.callBack(this.options.redact, redacted) : redacted;
  }

  private async redactAll(value: unknown): Promise<unknown> {
    if (typeof value === 'string') return this.redactText(value);
    if (Array.isArray(value)) return Promise.all(value.map((part) => this.redactAll(part)));
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value).map(
      async ([key, part]) => [key, await this.redactAll(part)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  /** A callback that fails must not let through what it was meant to stop. */
  private async callBack(redact: NonNullable<GenerationLogOptions['redact']>, text: string): Promise<string> {
    try {
      const redacted: unknown = await redact(text);
      if (typeof redacted === 'string') return redacted;
      this.complain(`returned ${redacted === null ? 'null' : typeof redacted} instead of a text`);
    } catch (error) {
      // Its message may hold the text.
      this.complain(`threw a ${error instanceof Error ? error.name : typeof error}`);
    }
    return withheld;
  }

  private complain(what: string): void {
    if (!this.hasFailed)
      this.logger.error(`The application's redact callback ${what}; such texts are withheld`);
    this.hasFailed = true;
  }
}

function finderOf(pattern: string) {
  const fault = patternFault(pattern);
  if (fault === null) return compileFinder(pattern);
  throw new AssayError(
    'INVALID_CONFIGURATION',
    `ASSAY_REDACT: the pattern ${JSON.stringify(pattern)} ${fault}. Patterns are separated by spaces; write \\s for a space.`,
    [{ pointer: '/ASSAY_REDACT', message: `${pattern} ${fault}` }],
  );
}

function without(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(done, start), mark);
    done = end;
  }
  return parts.join('') + text.slice(done);
}
