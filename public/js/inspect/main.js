import { translateDocument } from '../language/document.js';
import { t, tn } from '../language/translate.js';
import { reloadWhenRestored } from '../shell/bfcache-guard.js';
import { browser } from '../shell/browser.js';
import { element } from '../shell/element.js';
import { transports } from './transports.js';
import { feed, newestReplies, pattern, startReply } from './sources.js';
import { recorderView } from './recorder-view.js';
import { eventsVerdict, measureEvents, measureSocket, socketVerdict } from './path-check.js';

translateDocument(document);

const lagging = 700;
const $ = (id) => document.getElementById(id);

const views = transports.map((transport) => recorderView(transport, { onChange: agree }));
const recorders = views.map(({ recorder }) => recorder);
let sources = [];

$('recorders').append(...views.map(({ node }) => node));
$('drop').onclick = () => recorders.forEach((recorder) => recorder.drop());
$('reconnect').onclick = () => recorders.forEach((recorder) => recorder.reconnect());
$('again').onclick = () => read(chosen());
$('offline').onclick = (click) =>
  toggled(click.currentTarget, (on) =>
    recorders.forEach((recorder) => {
      recorder.offline = on;
    }),
  );
$('lag').onclick = (click) =>
  toggled(click.currentTarget, (on) =>
    recorders.forEach((recorder) => {
      recorder.lag = on ? lagging : 0;
    }),
  );
$('source').onchange = () => read(chosen());
$('ask').onclick = ask;

function toggled(button, act) {
  const on = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(on));
  act(on);
}

const chosen = () => sources[$('source').selectedIndex];

function offer(list, pick) {
  sources = list;
  $('source').replaceChildren(...list.map(({ name }) => element('option', { textContent: name })));
  $('source').selectedIndex = Math.max(0, list.indexOf(pick));
}

function read(source) {
  const address = { reply: `?reply=${source.reply}`, feed: '?feed', pattern: '?pattern' }[
    source.kind
  ];
  history.replaceState(null, '', address);
  recorders.forEach((recorder) => recorder.start(source));
}

async function ask() {
  $('ask').disabled = true;
  try {
    const source = await startReply();
    offer([source, ...sources.filter(({ reply }) => reply !== source.reply)], source);
    read(source);
  } catch (refused) {
    tell({ level: 'bad', text: refused.message });
  } finally {
    $('ask').disabled = false;
  }
}

/** All lines are readers of one text, so in the end they must have read the same. */
function agree() {
  const readers = recorders.filter(({ stats }) => stats.text);
  const over = readers.length > 1 && readers.every(({ state }) => state === 'over');
  const same = new Set(readers.map(({ stats }) => stats.text)).size === 1;
  $('agreement').className = over ? (same ? 'agree' : 'differ') : '';
  $('agreement').textContent = !over
    ? ''
    : same
      ? tn(readers[0].stats.text.length, 'All {readers} read the same character.',
        'All {readers} read the same {count} characters.', { readers: readers.length })
      : t('They did not read the same.');
}

function tell({ level, text, lines: remedy = [] }) {
  $('verdicts').append(
    element(
      'div',
      { className: `verdict ${level}` },
      element('p', { textContent: text }),
      remedy.length ? element('pre', { textContent: remedy.join('\n') }) : null,
    ),
  );
}

async function checkPath() {
  const measured = () =>
    measureEvents(fetch, () => performance.now()).catch(() => ({
      status: 'nothing',
      server: '',
      arrived: 0,
    }));
  let events = await measured();
  // A browser that was busy reads late, too; only what happens twice is blamed on the way.
  if (eventsVerdict(events).level !== 'good') events = await measured();
  tell(eventsVerdict(events));
  tell(socketVerdict(await measureSocket(WebSocket, location.origin), events.server));
}

async function begin() {
  checkPath();
  const wanted = new URLSearchParams(location.search);
  const replies = await newestReplies().catch((refused) => {
    tell({ level: 'note', text: `${refused.message} ${t('Only the known pattern can be read.')}` });
    return [];
  });
  const named =
    wanted.get('reply') &&
    (replies.find(({ reply }) => reply === wanted.get('reply')) ?? {
      kind: 'reply',
      reply: wanted.get('reply'),
      name: t('Reply {id}', { id: wanted.get('reply') }),
    });
  const list = [...new Set([named, ...replies, feed, pattern].filter(Boolean))];
  const pick =
    named ||
    (wanted.has('feed') ? feed : wanted.has('pattern') ? pattern : (replies[0] ?? pattern));
  offer(list, pick);
  read(pick);
}

begin();
reloadWhenRestored({ browser, body: document.body, begin: () => location.reload() });
