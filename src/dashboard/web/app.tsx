import { Textures } from './chart/textures.js';
import { Header } from './shell/header.js';
import { KeyboardHelp } from './shell/keyboard-help.js';
import { PageHeading } from './shell/page-heading.js';
import { StaleBanner } from './shell/stale-banner.js';
import { useRoute } from './shell/router.js';
import { SignIn, useSession } from './shell/sign-in.js';
import { ListPage } from './list/list-page.js';
import { NoticePlace } from './act/notice-place.js';
import { later } from './shell/later.js';

const ExperimentPage = later(() =>
  import('./experiment/experiment-page.js').then((part) => part.ExperimentPage),
);
const NewExperimentPage = later(() =>
  import('./act/new-experiment-page.js').then((part) => part.NewExperimentPage),
);
const PlanPage = later(() => import('./plan/plan-page.js').then((part) => part.PlanPage));

/** The whole page: what is shown follows the address. */
export function App() {
  const session = useSession();
  if (session === null) return null;
  if (session.needsKey) return <SignIn />;
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Textures />
      <Header />
      <StaleBanner />
      <main id="main" tabIndex={-1}>
        <Page />
      </main>
      <NoticePlace />
      <KeyboardHelp />
    </>
  );
}

function Page() {
  const [place, key] = useRoute().path;
  if (place === undefined) return <ListPage />;
  if (place === 'experiments' && key !== undefined) return <ExperimentPage key={key} experimentKey={key} />;
  if (place === 'new') return <NewExperimentPage />;
  if (place === 'plan') return <PlanPage />;
  return (
    <>
      <PageHeading title="There is nothing here" />
      <p class="empty">
        <a href="#/">Back to the experiments</a>
      </p>
    </>
  );
}
