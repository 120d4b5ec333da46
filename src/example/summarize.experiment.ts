import type { ExperimentDefinition } from '../experiments/experiment.schema.js';

const shared = { model: process.env.ASSAY_MODEL || 'claude-haiku-4-5', temperature: 0.3, maxTokens: 500 };

/** What everyone is served outside of the experiment. */
export const currentConfig = { ...shared, systemPrompt: 'Summarize the following text concisely.' };

/** Two prompts, and nothing else that differs: whatever the ratings show, the prompt did it. */
export const summarizeExperiment: ExperimentDefinition = {
  key: 'exp_summarize_v2',
  name: 'Summarization Prompt V2 Test',
  hypothesis: 'Asking for the key takeaway in 2-3 sentences makes summaries more useful.',
  control: 'control',
  variants: [
    {
      key: 'control',
      name: 'Current prompt',
      promptVersion: 'v1',
      config: currentConfig,
    },
    {
      key: 'treatment',
      name: 'Structured prompt',
      promptVersion: 'v2',
      config: {
        ...shared,
        systemPrompt:
          'Summarize the following text in 2-3 sentences. Focus on the key takeaway and any actionable information. Omit filler phrases.',
      },
    },
  ],
  metrics: {
    primary: ['user_rating'],
    secondary: ['thumbs_up', 'latency_ms', 'cost_usd'],
    minimumEffect: 0.2,
  },
};
