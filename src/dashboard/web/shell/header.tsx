import { AgeBadge } from './age-badge.js';
import { useShortcuts } from './keyboard.js';
import { hrefOf, navigate, useRoute } from './router.js';
import { SignOut } from './sign-in.js';
import { changeTheme, theme } from './theme.js';

const places = [
  { path: [], name: 'Experiments' },
  { path: ['new'], name: 'New' },
  { path: ['plan'], name: 'Plan' },
] as const;

/** Where one can go, how old the figures are, and the colours. */
export function Header() {
  const [here] = useRoute().path;
  useShortcuts([
    { keys: 'g', does: 'Go to the experiments', run: () => navigate(hrefOf([])) },
    { keys: 'n', does: 'New experiment', run: () => navigate(hrefOf(['new'])) },
    { keys: 't', does: 'Change the colours: system, light, dark', run: changeTheme },
  ]);
  return (
    <header class="top">
      <a class="brand" href="#/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="7" />
          <path d="M6 24C12 24 11 8 16 8s4 16 10 16" />
        </svg>
        Assay
      </a>
      <nav aria-label="Pages">
        {places.map(({ path, name }) => (
          <a key={name} href={hrefOf(path)} aria-current={isHere(path[0], here) ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <AgeBadge />
      <button class="quiet" onClick={changeTheme} title="Colours: system, light, dark (t)">
        {theme.value}
      </button>
      <SignOut />
    </header>
  );
}

function isHere(place: string | undefined, here: string | undefined): boolean {
  return place === here || (place === undefined && here === 'experiments');
}
