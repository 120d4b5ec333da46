// `npm run demo`: a server full of made-up weeks, for whoever wants to see the page before there are data.
import { createDemo } from './demo.factory.js';
import { demoUsage, DemoUsageError, readDemoOptions, type DemoOptions } from './demo/demo-options.js';
import { AssayError } from './operations/assay-error.js';
import { readConfiguration } from './operations/configuration/read-configuration.js';

async function run(options: DemoOptions): Promise<void> {
  const host = '127.0.0.1';
  const configuration = readConfiguration({
    ASSAY_LOG_LEVEL: process.env['ASSAY_LOG_LEVEL'] ?? 'fatal',
    // In memory it is faster, and nothing is left behind.
    ASSAY_DATA_DIR: process.env['ASSAY_DATA_DIR'] ?? 'memory://',
    ASSAY_SIMULATED_TIME_SCALE: '0',
    PORT: String(options.port),
    HOST: host,
  });
  console.error('Making up three weeks of simulated experiments; this takes half a minute…');
  const begun = performance.now();
  const { app } = await createDemo(configuration, options, (share) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(share * 100)} %  `);
  });
  await app.listen(options.port, host);
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.error(`\rDone after ${seconds} s. All of it is simulated: no user, model or cost is real.`);
  console.log(`The page: ${await app.getUrl()}/`);
  console.error('End it with Ctrl-C.');
}

try {
  const options = readDemoOptions(process.argv.slice(2));
  if (options) await run(options);
  else console.log(demoUsage);
} catch (error) {
  const isOurs = error instanceof AssayError || error instanceof DemoUsageError;
  console.error(isOurs ? error.message : error);
  process.exit(error instanceof DemoUsageError ? 2 : 1);
}
