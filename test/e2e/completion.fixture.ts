/** Two prompts, measured by whether the unit completed its task within a day; nothing guards it. */
export const completionDefinition = {
  control: 'control',
  variants: [
    { key: 'control', config: { systemPrompt: 'A' } },
    { key: 'treatment', config: { systemPrompt: 'B' } },
  ],
  metrics: { primary: 'task_completed', window: 'P1D' },
  guardrails: [],
};
