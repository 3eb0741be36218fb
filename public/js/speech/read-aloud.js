import { effect, signal } from '@preact/signals';
import { languageOf } from './language-of.js';

/** The id of the message that is being read. */
export const reading = signal(null);

/** What is said last of what is being read. */
let last = null;

const { speechSynthesis } = globalThis;

/** Voices of this device: others send the text away. */
const voices = () => speechSynthesis?.getVoices().filter(({ localService }) => localService) ?? [];

// The first time a browser is asked it only begins to look for them.
voices();

export const canReadAloud = () => voices().length > 0;

export function stopReading() {
  last = null;
  reading.value = null;
  speechSynthesis.cancel();
}

/** Reads a reply as it is drawn, without its code, until it ends or another chat is opened. */
export function readAloud({ id }, { conversation }) {
  stopReading();
  const paragraphs = drawnText(id).split(/\n+/).filter((text) => /[\p{L}\p{N}]/u.test(text));
  const language = languageOf(paragraphs.join(' '));
  const utterances = paragraphs.map((text) => utteranceOf(text, language));
  if (!utterances.length) return;
  reading.value = id;
  const end = utterances.at(-1);
  last = end;
  // One that was cancelled fails late, when the next may be on.
  end.onend = () => last === end && stopReading();
  end.onerror = end.onend;
  utterances.forEach((each) => speechSynthesis.speak(each));
  const visit = conversation.visit.peek();
  const leave = effect(() => {
    if (reading.value === id && conversation.visit.value === visit) return;
    if (reading.peek() === id) stopReading();
    queueMicrotask(() => leave());
  });
}

function utteranceOf(text, lang) {
  const local = voices();
  const speaking = local.filter((voice) => voice.lang.slice(0, 2) === lang);
  const voice = speaking.find((each) => each.default) ?? speaking[0] ?? local[0];
  return Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang });
}

const blocks = 'p, li, math[display="block"], h1, h2, h3, h4, h5, h6, tr, dt, dd, summary';

function drawnText(id) {
  const drawn = document.createElement('div');
  const parts = document.querySelectorAll(`[data-id="${id}"] > .prose`);
  drawn.append(...[...parts].map((part) => part.cloneNode(true)));
  for (const silent of drawn.querySelectorAll('.code-block, button, annotation')) silent.remove();
  for (const cell of drawn.querySelectorAll('td, th')) cell.append(', ');
  for (const block of drawn.querySelectorAll(blocks)) {
    block.prepend('\n');
    block.append('\n');
  }
  return drawn.textContent;
}

addEventListener('pagehide', () => reading.peek() && stopReading());
