// `npm run simulate`: a command for whoever works in a clone, as what draws its bar and its tables is only installed there.
import { progressOn } from './report/progress.adapter.js';
import { runSimulateCommand } from './simulate.command.js';

process.exitCode = await runSimulateCommand(
  process.argv.slice(2),
  { out: (text) => console.log(text), err: (text) => console.error(text) },
  progressOn(process.stderr),
);
