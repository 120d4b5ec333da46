import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { DecoratorOptions } from './decorator.options.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<DecoratorOptions>({
  moduleName: 'Decorator',
})
  .setClassMethodName('forRoot')
  .build();

export const ConfigurableDecoratorModule = ConfigurableModuleClass;
/** Injection token of {@link DecoratorOptions}. */
export const DECORATOR_OPTIONS = MODULE_OPTIONS_TOKEN;
