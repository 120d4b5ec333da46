import { CreatePlan } from '../../../src/analysis/planning/plan.schema.js';
import { planRefusal } from '../../../src/analysis/planning/plan-refusal.js';
import { AssayError } from '../../../src/operations/assay-error.js';
import { readInput } from '../../../src/operations/problem/read-input.js';
import { Problem } from '../../../src/dashboard/web/api/request.js';
import { refusalInWords } from '../../../src/dashboard/web/plan/refusal-words.js';

/** As the server refuses it, as the page says it. */
function words(error: AssayError, body = {}): Problem {
  return refusalInWords(new Problem(400, error.code, error.message, error.faults), body);
}

/** What the server's schema has against a body. */
function refusalOf(body: object): AssayError {
  try {
    void readInput(body, CreatePlan, 'body');
  } catch (error) {
    if (error instanceof AssayError) return error;
  }
  throw new Error('It was taken.');
}

describe('a refused plan in the words of the page', () => {
  it('names its own fields and ways, no JSON', () => {
    const reason =
      'is unknown: The control of exp_a has no units with user_rating whose window is over; give {"mean", "standardDeviation"}, for a share {"mean"} alone';
    const { message, faults } = words(planRefusal('/baseline/from', reason));
    expect(message).toBe(
      'Spread is unknown: The control of exp_a has no units with user_rating whose window is over. ' +
        'Choose another experiment to take it from, or give figures of your own.',
    );
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/baseline/from']);
  });

  it('leads to the field that the page has', () => {
    const reason = 'is unknown: exp_a has met no unit yet; give a number of new units a day';
    expect(words(planRefusal('/unitsPerDay/from', reason)).faults).toEqual([
      { pointer: '/unitsPerDay', message: `${reason}.` },
    ]);
  });

  it('says which experiment there is none of', () => {
    const error = new AssayError('EXPERIMENT_NOT_FOUND', 'No "nope"; GET /v1/experiments lists them.');
    expect(words(error, { baseline: { from: 'nope' } }).message).toBe(
      'There is no experiment “nope”. Choose another experiment to take it from, or give figures of your own.',
    );
  });

  it.each([
    [{ alpha: 7 }, 'Alpha: give at most 0.5, not 7.'],
    [{ minimumEffect: -1 }, /^Smallest difference worth finding: give at least .*, not -1\.$/],
    [{ coverage: 0 }, 'Coverage: give more than 0, not 0.'],
    [{ variants: 2.5 }, 'Variants: give a whole number, not 2.5.'],
    [{ window: 'a week' }, 'Window cannot be taken. Write a duration such as P7D, a week.'],
  ])('says what %j may be', (body, expected) => {
    expect(words(refusalOf(body)).message).toMatch(expected);
  });

  it('says nothing of its own to what is about no field', () => {
    expect(refusalInWords(new Problem(0, 'UNREACHABLE', 'The server does not answer.'), {}).message).toBe(
      'The server does not answer.',
    );
  });
});
