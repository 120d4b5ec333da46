import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import { LinkUnits, type LinkUnitsBody } from './unit-link.schema.js';
import type { LinkResult } from './unit-link.js';
import { UnitLinks } from './unit-links.service.js';

@ApiTags('assignments')
@Controller('v1/units')
@RequiresScope('evaluate')
export class UnitLinkController {
  constructor(private readonly links: UnitLinks) {}

  @Post('link')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Two ids are one person: who was met before signing in keeps the variant and counts once',
    description:
      'Send it at the first sight of both ids, before the new one is assigned anything. From then on the new one goes as ' +
      'the first everywhere. `linked` names experiments in which it goes on as met first, `apart` those in which it had ' +
      'been exposed already, and goes on as it was.',
  })
  link(@Body({ schema: LinkUnits }) { anonymous, unit }: LinkUnitsBody): Promise<LinkResult> {
    return this.links.link(anonymous, unit);
  }
}
