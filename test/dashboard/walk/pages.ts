const tabs = ['overview', 'metrics', 'traffic', 'guardrails', 'answers', 'setup', 'log'];

/** An experiment of the demo for each tab that shows most of it. */
const examples = ['ticket-summary', 'reply-tone', 'code-review'];

/** The address of every page and tab. */
export const pages: readonly string[] = [
  '#/',
  '#/new',
  '#/plan',
  ...examples.flatMap((key) => tabs.map((tab) => `#/experiments/${key}/${tab}`)),
  ...['onboarding-mail', 'product-description', 'translation'].map((key) => `#/experiments/${key}/traffic`),
  ...['chat-greeting', 'faq-answers', 'exp_summarize_v2'].map((key) => `#/experiments/${key}/overview`),
];
