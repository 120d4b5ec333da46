// Puts an empty embedded database with every migration applied beside its code in dist, for a first start to begin from.
// Does nothing when there is one of this version already.
import { fileURLToPath } from 'node:url';
import { TemplateStore } from '../dist/database/embedded/template.store.js';

const cacheDirectory = fileURLToPath(new URL('../dist/database/embedded/', import.meta.url));
const template = await TemplateStore.open(cacheDirectory);

if ((await template.find()) === null) {
  const { NestFactory } = await import('@nestjs/core');
  const { DatabaseModule } = await import('../dist/database/database.module.js');
  const options = { url: null, dataDirectory: 'memory://', cacheDirectory };
  const context = await NestFactory.createApplicationContext(DatabaseModule.forRoot(options), {
    logger: false,
  });
  await context.close();
}
