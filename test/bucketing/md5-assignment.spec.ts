import { createHash } from 'node:crypto';
import { md5Eligible, md5Variant } from '../../src/bucketing/md5-assignment.js';

interface ArticleVariant {
  readonly id: string;
  readonly weight: number;
}

interface ArticleExperiment {
  readonly active: boolean;
  readonly endDate: Date | null;
  readonly targetPercent: number;
}

// Literal transcription of "A/B Testing LLM Responses in Production", section "User Bucketing with Consistent Hashing".
function hashUserToVariant(userId: string, experimentId: string, variants: ArticleVariant[]): ArticleVariant {
  const hashInput = userId + ':' + experimentId;
  const hash = createHash('md5').update(hashInput).digest('hex');
  const hashInt = parseInt(hash.substring(0, 8), 16);
  const normalizedValue = hashInt / 0xffffffff;

  let cumulativeWeight = 0;
  let totalWeight = 0;

  for (let i = 0; i < variants.length; i++) {
    totalWeight += variants[i]!.weight;
  }

  for (let j = 0; j < variants.length; j++) {
    cumulativeWeight += variants[j]!.weight / totalWeight;
    if (normalizedValue <= cumulativeWeight) {
      return variants[j]!;
    }
  }

  return variants[variants.length - 1]!;
}

function isUserInExperiment(userId: string, experiment: ArticleExperiment): boolean {
  if (!experiment.active) return false;

  const now = new Date();
  if (experiment.endDate && now > experiment.endDate) return false;

  if (experiment.targetPercent < 100) {
    const hash = createHash('md5')
      .update(userId + ':eligibility')
      .digest('hex');
    const eligibilityScore = (parseInt(hash.substring(0, 8), 16) / 0xffffffff) * 100;
    if (eligibilityScore > experiment.targetPercent) return false;
  }

  return true;
}

const ids = Array.from({ length: 10_000 }, (_, number) =>
  number % 3 === 0 ? `ünit-${number}` : `user${number}`,
);

describe('md5Variant', () => {
  it.each([
    [[50, 50]],
    [[1, 1, 1]],
    [[90, 10]],
    [[0, 100]],
    [[0.1, 0.2, 0.7]],
    [[33.3, 33.3, 33.4]],
    [[7, 13, 29, 31, 20, 3, 1]],
  ])('gives 10,000 units the variants that the article gives them, at weights %j', (weights) => {
    const variants = weights.map((weight, number) => ({ id: String(number), weight }));
    const differing = ids.filter(
      (id) =>
        String(md5Variant(id, 'exp_summarize_v2', weights)) !==
        hashUserToVariant(id, 'exp_summarize_v2', variants).id,
    );
    expect(differing).toEqual([]);
  });

  it('gives every variant with a weight some units, so that agreement is no accident of a constant', () => {
    const owners = new Set(ids.map((id) => md5Variant(id, 'exp_summarize_v2', [1, 1, 1])));
    expect(owners).toEqual(new Set([0, 1, 2]));
  });
});

describe('md5Eligible', () => {
  it.each([0, 0.01, 5, 33.3, 50, 99.99, 100])(
    'lets in of 10,000 units those that the article lets in, at %d percent',
    (targetPercent) => {
      const experiment = { active: true, endDate: null, targetPercent };
      const differing = ids.filter(
        (id) => md5Eligible(id, targetPercent) !== isUserInExperiment(id, experiment),
      );
      expect(differing).toEqual([]);
    },
  );
});
