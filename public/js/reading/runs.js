// A reply is a row of runs: what the model thinks and what it says, in the order in which it came.

const isThought = ({ kind }) => kind === 'reasoning';
const isShown = ({ kind }) => kind !== 'function_call';

/** A stored reply lists its runs only where reasoning and content do not tell their order. */
export const runsOf = ({ runs, reasoning, content }) =>
  runs ?? [{ kind: 'reasoning', content: reasoning }, { kind: 'text', content }];

/** The runs with more of one kind at their end. */
export function withMore(runs, kind, content) {
  const last = runs.at(-1);
  return last?.kind === kind
    ? [...runs.slice(0, -1), { kind, content: last.content + content }]
    : [...runs, { kind, content }];
}

/** What is shown of a reply: `{thought, content}`, with neighbours joined, and nothing blank. */
export function partsOf(reply) {
  const parts = [];
  for (const run of runsOf(reply).filter(isShown)) {
    const thought = isThought(run);
    const last = parts.at(-1);
    if (last?.thought === thought) last.content += run.content;
    else if (run.content.trim()) parts.push({ thought, content: run.content });
  }
  return parts;
}
