import { html } from '../html.js';
import { t } from '../../language/translate.js';
import { usePage } from '../page-context.js';

const forAnyModel = [
  [t('Explain an idea'), t('Explain how a hash table works, with a small example.')],
  [t('Write'), t('Write a friendly e-mail that moves a meeting to next week.')],
  [t('Plan'), t('Plan a long weekend in a city that I have never seen.')],
  [
    t('Debug'),
    t('Here is an error message. What does it mean, and what do I try first?'),
  ],
];

// The demo understands English only.
const forTheDemo = [
  [t('See Markdown'), 'Show me Markdown with code, a table and a formula'],
  [t('Read along'), 'Tell me a long story'],
  [t('Watch it think'), 'Think aloud about the best way to cross a river'],
  [t('See a failure'), 'fail: cut'],
];

function greeting(hour = new Date().getHours()) {
  if (hour < 5) return t('Still awake?');
  if (hour < 12) return t('Good morning');
  return hour < 18 ? t('Good afternoon') : t('Good evening');
}

export function Welcome() {
  const { conversation, models } = usePage();
  const isDemo = models.isDemo(conversation.chat.value);
  const suggestions = isDemo ? forTheDemo : forAnyModel;
  return html`
    <section class="welcome">
      <h1>${greeting()}</h1>
      <p>${t('What would you like to talk about?')}</p>
      <ul class="suggestions">
        ${suggestions.map(([title, prompt]) => html`
          <li key=${title}>
            <button onClick=${() => conversation.send(prompt)}><strong>${title}</strong>
              <span lang=${isDemo ? 'en' : null}>${prompt}</span></button>
          </li>`)}
      </ul>
    </section>`;
}
