import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { layerViews, type LayerView } from './layer-view.js';
import { RegistryService } from './registry.service.js';

@ApiTags('experiments')
@Controller('v1/layers')
@RequiresScope('read')
export class LayersController {
  constructor(private readonly registry: RegistryService) {}

  @Get()
  @ApiOperation({ summary: 'Every layer: who holds which of its slots, and how much is free' })
  async list(): Promise<{ layers: LayerView[] }> {
    await this.registry.whenLoaded();
    return { layers: layerViews(this.registry.list().map(({ experiment }) => experiment)) };
  }
}
