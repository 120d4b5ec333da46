// Jest runs tests in a context whose globals cost ten times as much to look up as ours: Math.log in a loop is most of a
// simulation. With them as constants of each module, a simulation runs as fast as it would outside of Jest.
const { default: tsJest } = require('ts-jest');

const typescript = tsJest.createTransformer({ useESM: true });
const globals = 'const { Math, Number, Array, Map, Set, Object, Infinity, NaN, Float64Array } = globalThis;';
// The libraries name some of these themselves.
const fewGlobals = "'use strict'; const { Math, Infinity, NaN } = globalThis;";

const before = (result) => ({ ...result, code: globals + result.code });
const isTypeScript = (path) => path.endsWith('.ts');

module.exports = {
  process: (source, path, options) =>
    isTypeScript(path) ? before(typescript.process(source, path, options)) : { code: fewGlobals + source },
  processAsync: async (source, path, options) =>
    isTypeScript(path)
      ? before(await typescript.processAsync(source, path, options))
      : { code: fewGlobals + source },
  getCacheKey: (source, path, options) =>
    `${typescript.getCacheKey(source, path, options)}${globals}${fewGlobals}`,
};
