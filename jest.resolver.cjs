// Our sources import "./file.js", as Node wants it; under Jest the file on disk is "./file.ts".
module.exports = (request, options) => {
  const ours = /^\.{1,2}\/.*\.js$/.test(request) && !options.basedir.includes('node_modules');
  if (ours) {
    try {
      return options.defaultResolver(request.replace(/\.js$/, '.ts'), options);
    } catch {
      // A plain JavaScript file: resolved below.
    }
  }
  return options.defaultResolver(request, options);
};
