import { html } from '../html.js';
import { usePage } from '../page-context.js';

const forAnyModel = [
  ['Explain an idea', 'Explain how a hash table works, with a small example.'],
  ['Write', 'Write a friendly e-mail that moves a meeting to next week.'],
  ['Plan', 'Plan a long weekend in a city that I have never seen.'],
  ['Debug', 'Here is an error message. What does it mean, and what do I try first?'],
];

const forTheDemo = [
  ['See Markdown', 'Show me Markdown with code, a table and a formula'],
  ['Read along', 'Tell me a long story'],
  ['Watch it think', 'Think aloud about the best way to cross a river'],
  ['See a failure', 'fail: cut'],
];

function greeting(hour = new Date().getHours()) {
  if (hour < 5) return 'Still awake?';
  if (hour < 12) return 'Good morning';
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}

export function Welcome() {
  const { conversation, models } = usePage();
  const suggestions = models.isDemo(conversation.chat.value) ? forTheDemo : forAnyModel;
  return html`
    <section class="welcome">
      <h1>${greeting()}</h1>
      <p>What would you like to talk about?</p>
      <ul class="suggestions">
        ${suggestions.map(([title, prompt]) => html`
          <li key=${title}>
            <button onClick=${() => conversation.send(prompt)}><strong>${title}</strong>
              <span>${prompt}</span></button>
          </li>`)}
      </ul>
    </section>`;
}
