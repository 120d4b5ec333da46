import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPromptFiles } from '../../src/experiments/prompt-files.client.js';

describe('prompts in files', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'assay-prompts-'));
    await mkdir(join(directory, 'prompts', 'deep'), { recursive: true });
    await writeFile(join(directory, 'prompts', 'summary.md'), 'Summarize\nthe text.\n');
    await writeFile(join(directory, 'prompts', 'deep', 'short.md'), 'Be short.\r\n');
    await writeFile(join(directory, 'prompts', 'empty.md'), '\n');
    await writeFile(join(directory, 'secret.md'), 'A secret.');
    await symlink(join(directory, 'secret.md'), join(directory, 'prompts', 'link.md'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  const read = async (file: string, fallback?: Record<string, unknown>) =>
    withPromptFiles(
      {
        key: 'summaries',
        control: 'a',
        variants: [{ key: 'a', config: { model: 'm', systemPrompt: { file } } }, { key: 'b' }],
        metrics: { primary: 'user_rating' },
        ...(fallback && { fallback }),
      },
      join(directory, 'prompts'),
    );

  it.each([
    ['summary.md', 'Summarize\nthe text.'],
    ['prompts/summary.md', 'Summarize\nthe text.'],
    ['deep/short.md', 'Be short.'],
    ['deep/../summary.md', 'Summarize\nthe text.'],
  ])('are read from the directory, with or without its name: %s', async (file, systemPrompt) => {
    const { variants } = await read(file);
    expect(variants).toEqual([{ key: 'a', config: { model: 'm', systemPrompt } }, { key: 'b' }]);
  });

  it('may be the fallback too', async () => {
    const { fallback } = await read('summary.md', { systemPrompt: { file: 'deep/short.md' } });
    expect(fallback).toEqual({ systemPrompt: 'Be short.' });
  });

  it.each([
    [
      'missing.md',
      /"missing.md" of experiment "summaries" at \/variants\/0\/config\/systemPrompt is not there: looked for .*prompts\/missing.md/,
    ],
    ['../secret.md', /lies outside of/],
    ['/etc/hostname', /lies outside of/],
    ['', /lies outside of/],
    ['link.md', /leads outside of/],
    ['empty.md', /is empty/],
    ['deep', /cannot be read \(EISDIR\)/],
  ])('are refused where they are none: %s', async (file, reason) => {
    await expect(read(file)).rejects.toMatchObject({
      code: 'INVALID_CONFIGURATION',
      message: expect.stringMatching(reason),
    });
  });
});
