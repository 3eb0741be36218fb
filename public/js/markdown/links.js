import { h } from 'preact';

const safeProtocols = new Set(['http:', 'https:', 'mailto:', 'tel:']);

export function safeAddress(href) {
  const address = URL.canParse(href) ? new URL(href) : null;
  return address && safeProtocols.has(address.protocol) ? address.href : null;
}

/** An address within a site that is not this one leads nowhere: it is shown, and nothing more. */
export function link(href, title, content) {
  const address = safeAddress(href);
  if (!address && href && !URL.canParse(href) && href !== content)
    return [content, h('span', { class: 'address' }, ` (${href})`)];
  if (!address) return content;
  return h(
    'a',
    { href: address, title: title ?? undefined, target: '_blank',
      rel: 'noopener noreferrer nofollow' },
    content,
  );
}
