import { PageHeading } from '../shell/page-heading.js';
import { useRoute } from '../shell/router.js';
import { Tabs } from '../shell/tabs.js';
import { ReplayPart } from './replay-part.js';
import { SizePart } from './size-part.js';

const parts = [
  { path: 'size', name: 'Size and duration' },
  { path: 'replay', name: 'Bandit, replayed' },
] as const;

/** What an experiment takes before it starts, and what a bandit would have made of one that ran. */
export function PlanPage() {
  const chosen = useRoute().path[1] ?? 'size';
  return (
    <>
      <header class="page-head">
        <PageHeading title="Plan" />
      </header>
      <Tabs base={['plan']} tabs={parts} chosen={chosen} label="Parts of the plan" />
      {chosen === 'replay' ? <ReplayPart /> : <SizePart />}
    </>
  );
}
