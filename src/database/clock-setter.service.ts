import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock, SystemClock } from '../operations/clock.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { DATABASE_OPTIONS, type DatabaseOptions } from './database.options.js';
import { DatabaseState } from './database-state.service.js';

const periodMilliseconds = 60_000;
/** A difference that the way to the database and back explains. */
const toleranceMilliseconds = 250;

/** Sets the application's clock by the database's, so that replicas with wrong clocks agree on what is due. */
@Injectable()
export class ClockSetter implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Clock');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DATABASE_OPTIONS) private readonly options: DatabaseOptions,
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly database: DatabaseState,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    if (this.options.url === null) return;
    this.timer = setInterval(() => void this.set(), periodMilliseconds).unref();
    void this.database.whenReady().then(() => this.set());
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async set(): Promise<void> {
    if (!(this.clock instanceof SystemClock) || this.database.status !== 'ready') return;
    try {
      const asked = Date.now();
      const [row]: { now: Date }[] = await this.dataSource.query('SELECT clock_timestamp() AS now');
      const ahead = (row?.now.getTime() ?? asked) - (asked + Date.now()) / 2;
      const isOff = Math.abs(ahead) > toleranceMilliseconds;
      if (isOff)
        this.logger.warn(
          `This machine's clock is ${Math.round(-ahead)} ms ahead of the database's, which counts`,
        );
      this.clock.set(isOff ? ahead : 0);
    } catch (error) {
      this.logger.debug('The database was not asked for the time', error);
    }
  }
}
