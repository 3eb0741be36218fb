import { language, t, tn } from '../language/translate.js';
import { contextUse, percent } from '../reading/context-use.js';

const shortest = 250;

const after = (milliseconds) =>
  t('after {seconds} s', { seconds: Number((milliseconds / 1000).toFixed(1)) });
const tokens = (count) => tn(count, '{count} token', '{count} tokens');

/** When the first token came; nothing where that was not seen here. */
export const firstToken = (times) => times && after(times.first - times.asked);

/** How quick the tokens came; nothing where too few came at once to say so. */
export function speed(times, usage) {
  const { completion_tokens: count } = usage ?? {};
  const { first, last } = times ?? {};
  if (!count || !(last - first >= shortest)) return null;
  const perSecond = (count * 1000) / (last - first);
  const rate = Number(perSecond.toFixed(perSecond < 10 ? 1 : 0));
  return t('{rate} tokens/s', { rate });
}

/** `prices` are those of a million tokens. */
function cost({ prompt_tokens: read, completion_tokens: written }, { input, output, currency }) {
  const style = { style: 'currency', currency, maximumSignificantDigits: 2 };
  return ((read * input + written * output) / 1e6).toLocaleString(language, style);
}

/**
 * `[name, value]` of what is known of a reply, and nothing of what is not. `times` are those of
 * ReplyTimes, `context` how many tokens its model takes, `prices` what they cost.
 */
export function rowsOf({ reply, times, context, prices }) {
  const { model, usage, created, omitted } = reply;
  const use = contextUse(reply, context);
  return [
    [t('Model'), model],
    [t('Prompt'), usage && tokens(usage.prompt_tokens)],
    [t('Reply'), usage && tokens(usage.completion_tokens)],
    [t('Cost'), usage && prices && cost(usage, prices)],
    [t('Speed'), speed(times, usage)],
    [t('First token'), firstToken(times)],
    [t('Context'), use && t('{share} of {all} tokens', { share: percent(use), all: use.of })],
    [
      t('Left out'),
      omitted > 0 && tn(omitted, '{count} oldest message', '{count} oldest messages'),
    ],
    [t('Written'), created && new Date(created).toLocaleString(language)],
  ].filter(([, value]) => value);
}
