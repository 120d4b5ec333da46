import { useRoute } from '../shell/router.js';
import { Wizard } from './wizard/wizard.js';

/** Drafts an experiment; `?from=<key>` begins with another one's definition. */
export function NewExperimentPage() {
  const from = useRoute().query.get('from');
  return <Wizard key={from ?? ''} from={from} />;
}
