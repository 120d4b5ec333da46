const width = 24;

/** Milliseconds between two progress lines: rewritten in place on a terminal, one below the other elsewhere. */
const period = { terminal: 250, elsewhere: 10_000 };

/** Jest's workers write into a pipe, so whoever starts them says whether a terminal is at its end. */
const onTerminal = process.env['STDERR_IS_TERMINAL'] === '1';

/** Says on the standard error how far a simulation is, straight past Jest, which keeps what tests print until they end. */
export class Progress {
  private readonly start = performance.now();
  private told = this.start;

  constructor(private readonly title: string) {}

  at(done: number, all: number): void {
    const now = performance.now();
    if (now - this.told < (onTerminal ? period.terminal : period.elsewhere)) return;
    this.told = now;
    const full = Math.round((width * done) / all);
    const line = `[${'█'.repeat(full)}${'·'.repeat(width - full)}] ${((100 * done) / all).toFixed(0).padStart(3)} %  ${this.title}, ${this.seconds().toFixed(0)} s`;
    process.stderr.write(onTerminal ? `\r\u001b[K${line}` : `${line}\n`);
  }

  /** The final words, in place of the line. */
  end(text: string): void {
    process.stderr.write(`${onTerminal ? '\r\u001b[K' : ''}${text}\n`);
  }

  seconds(): number {
    return (performance.now() - this.start) / 1000;
  }
}
