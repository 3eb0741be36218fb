const much = 0.75;

/** How much of the model's context a reply and what it was asked fill; null where not known. */
export function contextUse({ usage }, tokens) {
  if (!usage?.total_tokens || !tokens) return null;
  return { used: usage.total_tokens, of: tokens, share: usage.total_tokens / tokens };
}

export const isNearlyFull = (use) => Boolean(use) && use.share >= much;

export const percent = ({ share }) => `${Math.min(100, Math.round(share * 100))} %`;
