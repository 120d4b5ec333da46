import {
  ConfigurableModuleBuilder,
  Global,
  Module,
  type ConfigurableModuleAsyncOptions,
} from '@nestjs/common';
import type { AssayOptions } from './assay.options.js';

/** What may come from a factory: all but the routes, for Nest has to know an application's routes before it calls any. */
export type AssayFactoryOptions = Omit<AssayOptions, 'routes'>;

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<AssayFactoryOptions>({
  moduleName: 'Assay',
})
  .setClassMethodName('forRoot')
  .build();

/** Injection token of what the application says of Assay. */
export const ASSAY_OPTIONS = MODULE_OPTIONS_TOKEN;

/** Where `AssayModule.forRootAsync` gets the options from: `useFactory` with `inject`, `useClass` or `useExisting`. */
export type AssayAsyncOptions = ConfigurableModuleAsyncOptions<AssayFactoryOptions> &
  Pick<AssayOptions, 'routes'>;

/** Hands the application's options to all of Assay. */
@Global()
@Module({ exports: [ASSAY_OPTIONS] })
export class AssayOptionsModule extends ConfigurableModuleClass {}
