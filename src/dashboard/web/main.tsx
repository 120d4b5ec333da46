import { render } from 'preact';
import { readAhead } from './api/resource.js';
import { App } from './app.js';
import { fetchTheRest } from './shell/later.js';
import { readRoute } from './shell/router.js';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/chart.css';
import './style/form.css';
import './style/reckoned.css';
import './style/report.css';
import './style/report-charts.css';
import './style/traffic.css';
import './style/timeline.css';
import './style/guardrails.css';
import './style/log.css';
import './style/setup.css';
import './style/actions.css';
import './style/list-head.css';
import './style/list.css';
import './style/answers.css';
import './style/print.css';

// What the first page shows is asked for at once, beside the question who is asking.
const [page, key] = readRoute(location.hash).path;
if (page === undefined) readAhead('v1/overview');
else if (page === 'experiments' && key !== undefined) readAhead(`v1/experiments/${encodeURIComponent(key)}`);

const place = document.getElementById('app');
if (place) render(<App />, place);
fetchTheRest();
