import { Controller, Get } from '@nestjs/common';
import type { HttpRequest } from '../../src/decorator/declaration/experiment-use.js';
import { unitFromHeader } from '../../src/decorator/declaration/experiment-use.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { platforms, startApp, type DecoratedApp } from './decorated-app.fixture.js';

const unit = unitFromHeader('x-user-id');

@Controller()
class AttributeController {
  @Get('told')
  @Experiment('exp_summarize_v2', {
    unit,
    attributes: ({ headers }: HttpRequest) => ({ plan: headers['x-plan'] }),
  })
  told() {
    return 'ok';
  }

  @Get('untold')
  @Experiment('exp_summarize_v2', { unit })
  untold() {
    return 'ok';
  }

  @Get('failing')
  @Experiment('exp_summarize_v2', {
    unit,
    attributes: () => {
      throw new Error('no plan');
    },
  })
  failing() {
    return 'ok';
  }
}

describe.each(platforms)('what a decorated route on %s tells of its unit', (platform) => {
  let server: DecoratedApp;
  beforeEach(async () => {
    server = await startApp(platform, { controllers: [AttributeController] });
  });
  afterEach(() => server.close());

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.address}/${path}`, {
      headers: { 'x-user-id': 'ada', ...headers },
    });
    return response.text();
  };

  it('is asked of the request, decides with the unit, and is kept with its exposure', async () => {
    await get('told', { 'x-plan': 'pro' });
    expect(server.assignments.asked).toMatchObject([
      { unit: 'ada', options: { attributes: { plan: 'pro' } } },
    ]);
    expect(server.assignments.exposed).toMatchObject([{ unitId: 'ada', attributes: { plan: 'pro' } }]);
  });

  it('is nothing unless the decorator says how, and a header of passes goes along', async () => {
    await get('untold', { 'assay-force': 'a pass' });
    expect(server.assignments.asked).toEqual([
      { key: 'exp_summarize_v2', unit: 'ada', options: { peek: true, passes: 'a pass' } },
    ]);
  });

  it('fails no request: whose attributes cannot be told is served the fallback', async () => {
    expect(await get('failing')).toBe('ok');
    expect(server.assignments.exposed).toEqual([]);
  });
});
