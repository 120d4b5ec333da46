import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** Whether this process has begun to stop. */
@Injectable()
export class ShutdownState implements OnModuleDestroy {
  isClosing = false;

  onModuleDestroy(): void {
    this.isClosing = true;
  }
}
