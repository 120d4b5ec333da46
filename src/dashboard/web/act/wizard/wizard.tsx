import { useState } from 'preact/hooks';
import type { ExperimentView } from '../../api/contract.js';
import { request } from '../../api/request.js';
import { useResource } from '../../api/resource.js';
import { problemIn } from '../send.js';
import { Created } from './created.js';
import { DraftContext } from './draft-context.js';
import { DraftPage } from './draft-page.js';
import { useDraft } from './use-draft.js';

/** From a first idea to a draft on the server. */
export function Wizard({ from }: { readonly from: string | null }) {
  const draft = useDraft(from);
  const [created, setCreated] = useState<ExperimentView | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { data } = useResource<{ readonly experiments: readonly ExperimentView[] }>(
    'v1/experiments?limit=200',
  );
  if (!draft.ready)
    return (
      <p class="empty" aria-busy="true">
        Reading…
      </p>
    );
  if (created === null)
    return (
      <DraftContext.Provider value={draft}>
        <DraftPage from={from} draft={draft} experiments={data?.experiments ?? []} onCreated={setCreated} />
      </DraftContext.Provider>
    );
  const change = async () => {
    try {
      await request('DELETE', `v1/experiments/${encodeURIComponent(created.key)}`);
      setCreated(null);
      setRefusal(null);
    } catch (error) {
      setRefusal(problemIn(error).message);
    }
  };
  return (
    <>
      <Created
        draft={created}
        onChange={() => void change()}
        onAnother={() => {
          draft.discard();
          setCreated(null);
        }}
      />
      {refusal && (
        <p role="alert" class="fault">
          {refusal}
        </p>
      )}
    </>
  );
}
