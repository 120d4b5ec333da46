import { Controller, Delete, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import { UnitId } from './unit-data.schema.js';
import { UnitDataService, type Erasure } from './unit-data.service.js';

@ApiTags('generations')
@Controller('v1/units/:unit/data')
@RequiresScope('admin')
export class UnitDataController {
  constructor(private readonly unitData: UnitDataService) {}

  @Delete()
  @ApiOperation({
    summary: "Erases a unit's texts, id and attributes; totals and results stay",
    description: '`archivedDays` and `forcedIn` name what is left to do by hand.',
  })
  erase(@Param('unit', { schema: UnitId }) unit: string): Promise<Erasure> {
    return this.unitData.erase(unit);
  }
}
