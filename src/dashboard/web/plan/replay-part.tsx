import type { ExperimentView } from '../api/contract.js';
import { useResource } from '../api/resource.js';
import { Field } from '../act/field.js';
import { hrefOf, navigate, useRoute } from '../shell/router.js';
import { ReplayAnswer } from './replay-answer.js';

const periods = [
  ['PT1H', 'an hour'],
  ['PT6H', 'six hours'],
  ['P1D', 'a day'],
  ['PT1M', 'a minute'],
] as const;

/** What a bandit would have done with the units of an experiment that ran. */
export function ReplayPart() {
  const { query } = useRoute();
  const { data } = useResource<{ readonly experiments: readonly ExperimentView[] }>(
    'v1/experiments?limit=200',
  );
  const started = (data?.experiments ?? []).filter(({ startedAt }) => startedAt !== null);
  const chosen = started.find(({ key }) => key === query.get('experiment'));
  const rewards = chosen ? [...chosen.metrics.primary, ...chosen.metrics.secondary] : [];
  const reward = query.get('reward') ?? rewards[0] ?? '';
  const every = query.get('every') ?? periods[0][0];
  const go = (change: Readonly<Record<string, string>>) =>
    navigate(hrefOf(['plan', 'replay'], { experiment: chosen?.key ?? '', every, ...change }), {
      replace: true,
    });
  return (
    <>
      <p class="lead">
        What would a bandit have done? It is replayed on what was recorded: which shares it would have chosen,
        and what units would have got.
      </p>
      <section class="card question" aria-label="What is replayed">
        <div class="fields">
          <Choice
            label="Experiment"
            pointer="/experiment"
            value={chosen?.key ?? ''}
            onValue={(experiment) => go({ experiment })}
            options={[['', 'Choose…'], ...started.map(({ key }) => [key, key] as const)]}
          />
          <Choice
            label="Reward"
            pointer="/reward"
            value={reward}
            onValue={(next) => go({ reward: next })}
            options={rewards.map((key) => [key, key] as const)}
          />
          <Choice
            label="A step each"
            pointer="/every"
            value={every}
            onValue={(next) => go({ every: next, reward })}
            options={periods}
          />
        </div>
      </section>
      {data && started.length === 0 && (
        <p class="empty">No experiment has run yet. Start one, and come back once units have met it.</p>
      )}
      {chosen && reward !== '' && <ReplayAnswer experiment={chosen} reward={reward} every={every} />}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly pointer: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly options: readonly (readonly [string, string])[];
}

function Choice({ label, pointer, value, onValue, options }: ChoiceProps) {
  return (
    <Field
      label={label}
      pointer={pointer}
      control={(tied) => (
        <select
          {...tied}
          value={value}
          disabled={options.length === 0}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {options.map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </select>
      )}
    />
  );
}
