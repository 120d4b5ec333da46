import { Controller, Get, Header } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../requires-scope.decorator.js';
import { Prometheus } from './prometheus.service.js';

@ApiTags('operations')
@Controller('metrics')
export class PrometheusController {
  constructor(private readonly prometheus: Prometheus) {}

  /** The metrics of this process in Prometheus' text format 0.0.4. */
  @Get()
  @RequiresScope('read')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiProduces('text/plain')
  read(): Promise<string> {
    return this.prometheus.registry.metrics();
  }
}
