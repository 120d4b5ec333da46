import type { ReportView } from '../../api/contract.js';
import { HealthList } from '../overview/health-list.js';
import { healthRows, type HealthRow } from './health-rows.js';

const marks: Readonly<Record<HealthRow['state'], readonly [shape: string, word: string]>> = {
  good: ['M2 8L6 12L14 3', 'fine'],
  look: ['M8 2V9M8 12V13.5', 'look'],
  bad: ['M8 1L15 8L8 15L1 8ZM8 4.5V8.5M8 10.5V11.5', 'fault'],
};

/** Whether the data can be believed, line by line, and every warning. */
export function HealthPanel({ report }: { report: ReportView }) {
  return (
    <>
      <section class="card">
        <h2>Health of the data</h2>
        <div class="table-place" tabIndex={0} role="region" aria-label="Health of the data">
          <table class="health-table">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Now</th>
                <th scope="col">Which means</th>
              </tr>
            </thead>
            <tbody>
              {healthRows(report).map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.name}</th>
                  <td>{row.value}</td>
                  <td>
                    <HealthMark state={row.state} /> {row.words}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <HealthList report={report} />
    </>
  );
}

function HealthMark({ state }: { state: HealthRow['state'] }) {
  const [shape, word] = marks[state];
  return (
    <span class={`health-mark health-${state}`}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <path d={shape} />
      </svg>
      <span class="visually-hidden">{word}: </span>
    </span>
  );
}
