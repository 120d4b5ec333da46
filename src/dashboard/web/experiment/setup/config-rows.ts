/** One parameter of the configs, as each variant has it. */
export interface ConfigRow {
  /** `systemPrompt`; inside of objects `output.format`. */
  readonly parameter: string;
  /** In the variants' order; null where a variant has no such parameter. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
  /** Whether it is a text of several lines or sentences, better read as a comparison of lines. */
  readonly isLong: boolean;
}

type Config = Readonly<Record<string, unknown>>;

/** Characters from which on a value is a text to read, not one to take in at a glance; a prompt is one however short. */
const longText = 80;

/**
 * The parameters side by side, those that differ first.
 *
 * @example configRows([{ model: 'a', temperature: 0 }, { model: 'a', temperature: 1 }])[0].parameter // 'temperature'
 */
export function configRows(configs: readonly Config[]): ConfigRow[] {
  const flat = configs.map((config) => flattened(config));
  const parameters = [...new Set(flat.flatMap((each) => [...each.keys()]))];
  return parameters
    .map((parameter): ConfigRow => {
      const values = flat.map((each) => each.get(parameter) ?? null);
      return {
        parameter,
        values,
        differs: new Set(values).size > 1,
        isLong:
          /prompt$/i.test(parameter) ||
          values.some((value) => value !== null && (value.length > longText || value.includes('\n'))),
      };
    })
    .sort(
      (one, other) =>
        Number(other.differs) - Number(one.differs) || one.parameter.localeCompare(other.parameter),
    );
}

/**
 * A warning where variants differ in more than one thing; null where a difference can be attributed.
 *
 * @example manyVariablesNote(configRows([{ a: 1, b: 1 }, { a: 2, b: 2 }])) // 'The variants differ in 2 parameters (a, b): …'
 */
export function manyVariablesNote(rows: readonly ConfigRow[]): string | null {
  const differing = new Set(
    rows.filter(({ differs }) => differs).map(({ parameter }) => parameter.split('.')[0]),
  );
  if (differing.size < 2) return null;
  return `The variants differ in ${differing.size} parameters (${[...differing].join(', ')}): what is found belongs to all of them together. One variable at a time tells which it was.`;
}

function flattened(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return new Map(path === '' || value === undefined ? [] : [[path, printed(value)]]);
  const entries = Object.entries(value);
  if (entries.length === 0 && path !== '') return new Map([[path, '{}']]);
  return new Map(
    entries.flatMap(([name, part]) => [...flattened(part, path === '' ? name : `${path}.${name}`)]),
  );
}

function printed(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
