/**
 * The same experiment declared in an application's code, as TypeScript.
 *
 * @example declarationOf({ key: 'exp_1', … }) // "import { AssayModule } from 'assay'; …"
 */
export function declarationOf(body: { readonly key: string }): string {
  const name = variableName(body.key);
  return [
    `import { AssayModule } from 'assay';`,
    `import type { ExperimentDefinition } from 'assay';`,
    '',
    `const ${name}: ExperimentDefinition = ${literalOf(body)};`,
    '',
    '// in the imports of your module:',
    `AssayModule.forRoot({ experiments: [${name}] });`,
    '',
  ].join('\n');
}

/**
 * A value as a TypeScript literal, one field to a line.
 *
 * @example literalOf({ a: ['b'] }) // "{\n  a: ['b'],\n}"
 */
export function literalOf(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => literalOf(item, inner));
    const line = `[${items.join(', ')}]`;
    return line.length <= 80 && !line.includes('\n') ? line : `[\n${lines(items, inner)}${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, item]) => `${nameOf(name)}: ${literalOf(item, inner)}`);
    return fields.length === 0 ? '{}' : `{\n${lines(fields, inner)}${indent}}`;
  }
  return String(value);
}

function lines(items: readonly string[], indent: string): string {
  return items.map((item) => `${indent}${item},\n`).join('');
}

function nameOf(field: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(field) && field !== '__proto__' ? field : quoted(field);
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function variableName(key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name = words
    .map((word, place) => (place === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  return /^[A-Za-z]/.test(name) ? name : 'experiment';
}
