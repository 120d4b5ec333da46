import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { PropagationService, type ReplicaView } from './propagation.service.js';

@ApiTags('operations')
@Controller('v1/propagation')
@RequiresScope('read')
export class PropagationController {
  constructor(private readonly propagation: PropagationService) {}

  @Get()
  @ApiOperation({ summary: 'How long changes take to reach each process, measured all the time' })
  async list(): Promise<{ replicas: ReplicaView[] }> {
    return { replicas: await this.propagation.list() };
  }
}
