import { Controller, Get, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { Public } from '../public.decorator.js';
import { ReadinessProbes } from './readiness-probes.service.js';

/** The part of Fastify's reply and of Express' response that is used here. */
interface AnyResponse {
  status(code: number): unknown;
}

/** `/health`, `/health/live`, `/health/ready`, each in terminus' own form. */
@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly probes: ReadinessProbes,
  ) {}

  /** How everything is. 503 when something needed is down. */
  @Get()
  @HealthCheck()
  all(@Res({ passthrough: true }) response: AnyResponse): Promise<HealthCheckResult> {
    return this.check(response);
  }

  /** Whether the process answers. Asks nothing else, so that a database outage restarts no process. */
  @Get('live')
  @HealthCheck()
  live(): HealthCheckResult {
    return { status: 'ok', info: {}, error: {}, details: {} };
  }

  /** Whether the server can do its work: 200 also while degraded, 503 while something needed is down or it shuts down. */
  @Get('ready')
  @HealthCheck()
  ready(@Res({ passthrough: true }) response: AnyResponse): Promise<HealthCheckResult> {
    return this.check(response);
  }

  private async check(response: AnyResponse): Promise<HealthCheckResult> {
    try {
      return await this.health.check(this.probes.checks());
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      response.status(error.getStatus());
      return error.getResponse() as HealthCheckResult;
    }
  }
}
