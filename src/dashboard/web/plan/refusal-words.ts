import { Problem } from '../api/request.js';
import type { Fault } from '../act/wizard/fault.js';
import { visible } from '../format/visible.js';
import type { PlanBody } from './plan-question.js';

/** A field of the question as the page calls it, and what to do there. */
interface FieldWords {
  readonly name: string;
  readonly how: string;
}

const spread: FieldWords = {
  name: 'Spread',
  how: 'Choose another experiment to take it from, or give figures of your own.',
};
const traffic: FieldWords = { name: 'New units a day', how: 'Give their number.' };

const fields: Readonly<Record<string, FieldWords>> = {
  '/baseline': spread,
  '/baseline/from': spread,
  '/baseline/mean': {
    name: 'Mean of now',
    how: 'Give a share between 0 and 1, or a standard deviation beside it.',
  },
  '/baseline/standardDeviation': { name: 'Standard deviation', how: 'Give that of the values.' },
  '/unitsPerDay': traffic,
  '/unitsPerDay/from': traffic,
  '/minimumEffect': { name: 'Smallest difference worth finding', how: 'Give one in the metric’s unit.' },
  '/relativeEffect': { name: 'Smallest difference worth finding', how: 'Give it in the metric’s unit.' },
  '/metric': { name: 'Metric', how: 'Choose another.' },
  '/variants': { name: 'Variants', how: 'Give their number.' },
  '/weights': { name: 'Weights', how: 'Give the control and another variant a weight.' },
  '/alpha': { name: 'Alpha', how: 'Give a chance between 0 and 1.' },
  '/power': { name: 'Power', how: 'Give a chance between 0 and 1.' },
  '/coverage': { name: 'Coverage', how: 'Give a percentage.' },
  '/holdback': { name: 'Holdback', how: 'Give a percentage.' },
  '/window': { name: 'Window', how: 'Write a duration such as P7D, a week.' },
  '/maximumDays': { name: 'At most, in days', how: 'Give a number of days.' },
};

/** Words that only a program has a use for. */
const forPrograms = /[{}]|minimumEffect|relativeEffect|standardDeviation|weights here|ISO 8601/;

/**
 * Why there is no plan, in the words of the page: its fields by their names, and what can be done on the page.
 *
 * @param body that was refused
 */
export function refusalInWords({ status, code, message, faults }: Problem, body: PlanBody): Problem {
  if (code === 'EXPERIMENT_NOT_FOUND') {
    const { from } = (body['baseline'] ?? {}) as { readonly from?: string };
    const words = `There is no experiment “${visible(from ?? '')}”. ${spread.how}`;
    return new Problem(status, code, words, [{ pointer: '/baseline/from', message: words }]);
  }
  if (faults.length === 0) return new Problem(status, code, message);
  const shown = faults.map((fault) => ({
    pointer: fault.pointer === '/unitsPerDay/from' ? '/unitsPerDay' : fault.pointer,
    message: faultInWords(fault),
  }));
  const sentences = faults.map((fault, place) => {
    const name = fields[fault.pointer]?.name;
    const message = shown[place]?.message ?? '';
    return name === undefined ? message : `${name}${/^(is|cannot) /.test(message) ? '' : ':'} ${message}`;
  });
  return new Problem(status, code, sentences.join(' '), shown);
}

function faultInWords({ pointer, message }: Fault): string {
  const how = fields[pointer]?.how ?? 'Change it.';
  const [what = '', ...rest] = message.replace(/ \(received (.*)\)$/, ', not $1').split('; ');
  const told = forPrograms.test(what) ? 'cannot be taken' : what;
  const advice = rest.join('; ');
  const isOwn = advice === '' ? told === what : !forPrograms.test(advice);
  return isOwn ? ended(advice === '' ? told : `${told}; ${advice}`) : `${ended(told)} ${how}`;
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
