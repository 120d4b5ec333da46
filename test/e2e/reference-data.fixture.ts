import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

function file(name: string): Buffer {
  const folder = process.env['REFERENCE_DATA'];
  if (!folder || !existsSync(join(folder, 'expected.json')))
    throw new Error(
      'Set REFERENCE_DATA to the folder of reference data: these tests are about nothing else.',
    );
  return readFileSync(join(folder, name));
}

/** The rows of a gzipped file with one JSON object a line. */
export function readRows<Row>(name: string): Row[] {
  const text = gunzipSync(file(name)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** Figures of one variant as published. */
export interface ExpectedSample {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
}

/** Welch's test as scipy computes it. */
export interface ExpectedWelch {
  readonly a: ExpectedSample;
  readonly b: ExpectedSample;
  readonly diff: number;
  readonly se: number;
  readonly df: number;
  readonly p_two_sided: number;
  readonly ci95: readonly [number, number];
}

/** The part of `expected.json` that these tests are about. */
export interface ExpectedFigures {
  readonly 'exp:gsm8k-verifier': {
    readonly cuped: { readonly raw: ExpectedWelch };
    readonly output_tokens: ExpectedWelch;
    readonly result: { readonly srm_p_equal: number };
  };
  readonly 'exp:wildbench-gemma-size': {
    readonly result: ExpectedWelch;
    readonly guardrail_output_chars: ExpectedWelch;
  };
  readonly mt_bench: {
    readonly means: Readonly<Record<string, number>>;
    readonly clustered_by_question: {
      readonly diff: number;
      readonly se_delta_method_ratio: number;
      readonly se_naive_hc0: number;
      readonly observations: number;
    };
  };
  readonly upworthy: {
    readonly tests: number;
    readonly srm_count_p_lt_0_001: { readonly bad_period: number; readonly other: number };
  };
}

export function readExpected(): ExpectedFigures {
  return JSON.parse(file('expected.json').toString('utf8')) as ExpectedFigures;
}
