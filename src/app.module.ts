import { Module, type DynamicModule } from '@nestjs/common';
import { AssayRoutesModule } from './assay-routes.module.js';
import { AssayModule } from './assay.module.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { ExampleModule } from './example/example.module.js';
import { summarizeExperiment } from './example/summarize.experiment.js';
import type { Configuration } from './operations/configuration/configuration.js';
import { ServerModule } from './operations/server.module.js';

/** The Assay server: the package, its REST routes, operations, and the example as a user would write it. */
@Module({})
export class AppModule {
  static forRoot(configuration: Configuration): DynamicModule {
    return {
      module: AppModule,
      imports: [
        AssayModule.forRoot({ configuration, experiments: [summarizeExperiment], autoStart: true }),
        AssayRoutesModule,
        ServerModule,
        DashboardModule,
        ExampleModule,
      ],
    };
  }
}
