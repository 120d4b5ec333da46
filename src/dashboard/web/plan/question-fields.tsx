import { Field, type Tied } from '../act/field.js';
import type { ExperimentView, MetricView } from '../api/contract.js';
import { serverDefaults } from '../act/wizard/server-defaults.js';
import { questionFrom, type PlanQuestion } from './plan-question.js';

export interface QuestionFieldsProps {
  readonly question: PlanQuestion;
  readonly experiments: readonly ExperimentView[];
  readonly metrics: readonly MetricView[];
  readonly onChange: (changed: Partial<PlanQuestion>) => void;
}

/** What one asks of a plan. */
export function QuestionFields({ question, experiments, metrics, onChange }: QuestionFieldsProps) {
  const from = experiments.find(({ key }) => key === question.from);
  const offered = from ? [...from.metrics.primary, ...from.metrics.secondary] : metrics.map(({ key }) => key);
  const choose = (key: string) =>
    onChange({ from: key, ...questionFrom(experiments.find((experiment) => experiment.key === key)) });
  return (
    <section class="card question" aria-label="What is asked">
      <div class="fields">
        <Choice label="From an experiment" pointer="/baseline/from" value={question.from} onValue={choose}>
          {[['', 'none: figures of my own'], ...experiments.map(({ key }) => [key, key])]}
        </Choice>
        <Choice
          label="Metric"
          pointer="/metric"
          value={question.metric}
          onValue={(metric) => onChange({ metric })}
        >
          {[['', from ? 'Choose…' : 'any'], ...offered.map((key) => [key, key])]}
        </Choice>
        <Line
          name="minimumEffect"
          label="Smallest difference worth finding"
          question={question}
          onChange={onChange}
        />
        <Choice
          label="Given"
          pointer="/relativeEffect"
          value={question.isRelative ? 'relative' : ''}
          onValue={(value) => onChange({ isRelative: value === 'relative' })}
        >
          {[
            ['', 'in the metric’s unit'],
            ['relative', 'in % of the mean'],
          ]}
        </Choice>
      </div>
      <Spread from={question.from} question={question} onChange={onChange} />
      <Certainty question={question} onChange={onChange} />
    </section>
  );
}

/** How much units differ today, and how many come. */
function Spread({ from, question, onChange }: SpreadProps) {
  return (
    <div class="fields">
      {!from && (
        <Line
          name="mean"
          pointer="/baseline/mean"
          label="Mean of now"
          question={question}
          onChange={onChange}
        />
      )}
      {!from && (
        <Line
          name="standardDeviation"
          pointer="/baseline/standardDeviation"
          label="Standard deviation"
          placeholder="a share needs none"
          question={question}
          onChange={onChange}
        />
      )}
      <Line
        name="unitsPerDay"
        label="New units a day"
        placeholder={from ? `as in ${from}` : ''}
        question={question}
        onChange={onChange}
      />
      <Line name="variants" label="Variants" placeholder="2" question={question} onChange={onChange} />
    </div>
  );
}

interface SpreadProps extends Pick<QuestionFieldsProps, 'question' | 'onChange'> {
  /** Key of the experiment that says so; empty = nobody does. */
  readonly from: string;
}

/** What has a default that most people keep. */
function Certainty({ question, onChange }: Pick<QuestionFieldsProps, 'question' | 'onChange'>) {
  const props = { question, onChange };
  return (
    <details>
      <summary>Certainty, looks, window, limits</summary>
      <div class="fields">
        <Line
          name="alpha"
          label="Alpha: chance of a false alarm"
          placeholder={serverDefaults.alpha}
          {...props}
        />
        <Line name="power" label="Power: chance to find it" placeholder={serverDefaults.power} {...props} />
        <Choice
          label="Looks"
          pointer="/sequential"
          value={question.sequential}
          onValue={(sequential) => onChange({ sequential })}
        >
          {[
            ['', 'fourteen, planned'],
            ['open', 'at any time'],
            ['none', 'one, at the end'],
          ]}
        </Choice>
        <Line name="coverage" label="Coverage, in %" placeholder={serverDefaults.coverage} {...props} />
        <Line name="window" label="Window" placeholder={serverDefaults.window} {...props} />
        <Line
          name="maximumDays"
          label="At most, in days"
          placeholder={serverDefaults.maximumDays}
          {...props}
        />
      </div>
    </details>
  );
}

interface LineProps extends Pick<QuestionFieldsProps, 'question' | 'onChange'> {
  readonly name: Exclude<keyof PlanQuestion, 'isRelative'>;
  readonly label: string;
  readonly pointer?: string;
  readonly placeholder?: string;
}

function Line({ name, label, pointer = `/${name}`, placeholder, question, onChange }: LineProps) {
  const control = (tied: Tied) => (
    <input
      {...tied}
      value={question[name]}
      placeholder={placeholder}
      autocomplete="off"
      inputMode={name === 'window' ? undefined : 'decimal'}
      onInput={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return <Field label={label} pointer={pointer} control={control} />;
}

interface ChoiceProps {
  readonly label: string;
  readonly pointer: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Value and words of each option. */
  readonly children: readonly (readonly string[])[];
}

function Choice({ label, pointer, value, onValue, children }: ChoiceProps) {
  const control = (tied: Tied) => (
    <select {...tied} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
      {children.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  );
  return <Field label={label} pointer={pointer} control={control} />;
}
