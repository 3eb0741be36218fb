import { contextUse, percent } from '../reading/context-use.js';

const shortest = 250;

const whole = (number) => number.toLocaleString();
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

function speed({ first, last }, { completion_tokens: tokens }) {
  // A few tokens that came at once say nothing of a rate.
  if (!tokens || last - first < shortest) return null;
  const perSecond = (tokens * 1000) / (last - first);
  return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} tokens/s`;
}

/** `prices` are those of a million tokens. */
function cost({ prompt_tokens: read, completion_tokens: written }, { input, output, currency }) {
  const style = { style: 'currency', currency, maximumSignificantDigits: 2 };
  return ((read * input + written * output) / 1e6).toLocaleString(undefined, style);
}

/**
 * `[name, value]` of what is known of a reply, and nothing of what is not. `times` are those of
 * ReplyTimes, `context` how many tokens its model takes, `prices` what they cost.
 */
export function rowsOf({ reply, times, context, prices }) {
  const { model, usage, created, omitted } = reply;
  const use = contextUse(reply, context);
  return [
    ['Model', model],
    ['Prompt', usage && `${whole(usage.prompt_tokens)} tokens`],
    ['Reply', usage && `${whole(usage.completion_tokens)} tokens`],
    ['Cost', usage && prices && cost(usage, prices)],
    ['Speed', usage && times && speed(times, usage)],
    ['First token', times && `after ${seconds(times.first - times.asked)}`],
    ['Context', use && `${percent(use)} of ${whole(use.of)} tokens`],
    ['Left out', omitted > 0 && `${whole(omitted)} oldest messages`],
    ['Written', created && new Date(created).toLocaleString()],
  ].filter(([, value]) => value);
}
