import { html } from '../views/html.js';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { t } from '../language/translate.js';
import { isComposing } from '../shell/keyboard.js';
import { usePage } from '../views/page-context.js';
import { applyPreset } from './apply.js';
import { loadPresets, matching, presets } from './presets.js';

const atMost = 8;
const attributes = ['aria-autocomplete', 'aria-controls', 'aria-activedescendant'];

/** The presets whose names fit what stands behind `/` in the box: arrows, Enter and Escape. */
export function SlashMenu({ box }) {
  const page = usePage();
  const { outbox } = page.conversation;
  const typed = outbox.typed.value.slice(1);
  const [choice, setChoice] = useState({ typed, place: 0 });
  const [closed, setClosed] = useState(false);
  useEffect(() => {
    loadPresets(page).catch((error) => page.notices.report(error));
  }, []);
  const list = closed ? [] : matching(presets.value ?? [], typed).slice(0, atMost);
  const chosen = choice.typed === typed && choice.place < list.length ? choice.place : 0;
  const setChosen = (place) => setChoice({ typed, place });
  const pick = (preset) => applyPreset(page, preset);
  useLayoutEffect(() => {
    const act = { list, chosen, setChosen, pick, close: () => setClosed(true) };
    const onKeyDown = (event) => steer(event, act);
    box.current.addEventListener('keydown', onKeyDown, true);
    return () => box.current?.removeEventListener('keydown', onKeyDown, true);
  });
  useLayoutEffect(() => {
    describe(box.current, list.length > 0, chosen);
    return () => describe(box.current, false);
  }, [list.length, chosen]);
  if (!list.length) return null;
  return html`
    <ul class="slash-menu" role="listbox" id="slash-menu" aria-label=${t('Presets')}>
      ${list.map((preset, place) => html`
        <li role="option" id="slash-${place}" key=${preset.id} aria-selected=${place === chosen}
          onPointerDown=${(event) => event.preventDefault()} onClick=${() => pick(preset)}>
          <strong dir="auto">${preset.name}</strong>
          <span dir="auto">${preset.prompt ?? preset.system}</span></li>`)}
    </ul>`;
}

function steer(event, { list, chosen, setChosen, pick, close }) {
  if (!list.length || isComposing(event) || event.shiftKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) setChosen((chosen + step + list.length) % list.length);
  else if (event.key === 'Enter' || event.key === 'Tab') pick(list[chosen]);
  else if (event.key === 'Escape') close();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function describe(box, open, chosen) {
  attributes.forEach((name) => box?.removeAttribute(name));
  if (!box || !open) return;
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-controls', 'slash-menu');
  box.setAttribute('aria-activedescendant', `slash-${chosen}`);
}
