import {
  guardrailTiles,
  tilesSummary,
} from '../../../src/dashboard/web/experiment/guardrails/guardrail-tiles.js';
import {
  actionSentence,
  guardrailName,
  guardrailState,
  verdictUnit,
} from '../../../src/dashboard/web/experiment/guardrails/guardrail-words.js';
import {
  alarmLine,
  breachedSince,
  eValueOf,
  verdictSentence,
} from '../../../src/dashboard/web/experiment/guardrails/verdict-words.js';
import { decisionOf } from '../traffic/epochs.js';
import { verdictOf } from './verdicts.js';

const latency = { metric: 'latency_ms', quantile: 0.95, above: 5_000, action: 'pause' } as const;

describe('a guardrail in words', () => {
  it('names the promise in the unit of its metric', () => {
    expect(guardrailName(latency, 'ms')).toBe('p95 of latency not above 5,000 ms');
    expect(guardrailName({ metric: 'error', above: 0.1, action: 'pause' }, 'share')).toBe(
      'error not above 10%',
    );
    expect(guardrailName({ metric: 'user_rating', below: 3, action: 'zero' }, 'stars')).toBe(
      'user rating not below 3 stars',
    );
    expect(
      guardrailName({ metric: 'cost_usd', worseThanControlBy: 0.2, relative: true, action: 'warn' }, 'USD'),
    ).toBe('cost not worse than control by more than 20%');
  });

  it('is a bound on a share of values where it is on a quantile', () => {
    expect(verdictUnit({ guardrail: latency }, 'ms')).toBe('share');
    expect(verdictUnit(verdictOf(), 'ms')).toBe('ms');
  });

  it('says that a zeroed variant keeps its units', () => {
    expect(actionSentence('zero')).toBe('the variant gets no more new units; those it has keep it');
  });
});

describe('the state of a guardrail', () => {
  it('tells no data from too little', () => {
    expect(guardrailState(verdictOf({ status: 'insufficient', units: 0 }))).toBe('no-data');
    expect(guardrailState(verdictOf({ status: 'insufficient', units: 12 }))).toBe('unclear');
    expect(guardrailState(verdictOf())).toBe('quiet');
    expect(guardrailState(verdictOf({ status: 'breached' }))).toBe('breached');
  });

  it('is overridden whatever it finds, and the sentence says what that is', () => {
    const verdict = verdictOf({ status: 'breached', overriddenUntil: '2026-01-05T12:00:00.000Z' });
    expect(guardrailState(verdict)).toBe('overridden');
    expect(verdictSentence(verdict, 'share', [])).toMatch(
      /^Harm is sure\..* A person has overridden it until .*: it takes no action\.$/,
    );
  });
});

describe('a verdict in a sentence', () => {
  it('has the mean, the units and the limit', () => {
    expect(verdictSentence(verdictOf(), 'share', [])).toBe(
      'No sign of harm. The mean of 812 units is 3%; the limit is 10%.',
    );
  });

  it('says what the mean is surely beyond only where that is beyond the limit', () => {
    const breached = verdictOf({ status: 'breached', mean: 0.16, bound: 0.12 });
    expect(verdictSentence(breached, 'share', [])).toContain('the limit is 10%, and it is surely above 12%.');
    // Harm by the e-value alone.
    expect(verdictSentence({ ...breached, bound: 0.08 }, 'share', [])).not.toContain('surely');
  });

  it('names the latest units where all together keep within the limit', () => {
    const looks = [0.6, 0.4, 0.5, 7_770];
    const path = looks.map((eValue, day) => ({
      at: `2026-01-0${day + 1}T12:00:00.000Z`,
      eValue,
      observations: 100 * (day + 1),
    }));
    const late = verdictOf({ status: 'breached', mean: 0.075, eValue: 7_770, eValueAlpha: 0.0015, path });
    // From the lowest e-value, at 200 units, to the alarm at 400.
    expect(verdictSentence(late, 'share', [])).toMatch(
      /All units together keep within it; what broke it are the latest: with the 200 that came from .* to .* the e-value rose from 0\.4 to 7,770\./,
    );
    expect(verdictSentence({ ...late, mean: 0.16 }, 'share', [])).not.toContain('the latest');
  });

  it('counts the values beyond a quantile', () => {
    const verdict = verdictOf({ guardrail: latency, threshold: 0.05, mean: 0.02, since: '2026-01-04' });
    expect(verdictSentence(verdict, 'ms', [])).toBe(
      'No sign of harm. Of 812 units first exposed since 2026-01-04 2% of the values lie above 5,000 ms; the limit is 5%.',
    );
  });

  it('claims nothing without data', () => {
    const verdict = verdictOf({ status: 'insufficient', units: 0, mean: null, bound: null });
    expect(verdictSentence(verdict, null, [])).toBe(
      'No unit has a value yet, and without data it takes no action.',
    );
  });

  it('says when the guardrail acted on that variant, whatever the order of its fields', () => {
    const breached = [{ guardrail: { action: 'pause', above: 0.1, metric: 'error' }, variant: 'treatment' }];
    const acted = decisionOf({
      actor: 'guardrail',
      action: 'pause',
      at: '2026-01-06T10:00:00.000Z',
      evidence: { breached },
    });
    const by = decisionOf({ actor: 'person:ana', evidence: { breached } });
    expect(breachedSince(verdictOf(), [by, acted])).toBe('2026-01-06T10:00:00.000Z');
    expect(breachedSince(verdictOf({ variant: 'control' }), [acted])).toBeNull();
    expect(breachedSince(verdictOf({ guardrail: latency }), [acted])).toBeNull();
  });

  it('holds the e-value against one over its share of alpha', () => {
    expect(alarmLine(verdictOf({ eValueAlpha: 0.001 }))).toBe(1_000);
    expect(alarmLine(verdictOf({ eValueAlpha: null }))).toBeNull();
    expect(eValueOf(3.4e12)).toBe('10¹²');
    expect(eValueOf(0.4127)).toBe('0.413');
  });
});

describe('the tiles', () => {
  const verdicts = [
    verdictOf({ variant: 'control' }),
    verdictOf(),
    verdictOf({ guardrail: latency, status: 'breached' }),
    verdictOf({ guardrail: latency, variant: 'control' }),
  ];

  it('are one a guardrail, the breached one first', () => {
    const tiles = guardrailTiles(verdicts);
    expect(tiles.map(({ guardrail, state }) => [guardrail.metric, state])).toEqual([
      ['latency_ms', 'breached'],
      ['error', 'quiet'],
    ]);
    expect(tilesSummary(tiles)).toBe('Of 2 guardrails: 1 breached, 1 quiet.');
  });

  it('say so where nothing guards', () => {
    expect(tilesSummary([])).toContain('no guardrails');
  });
});
