import { element } from './element.js';

/** Lets the browser keep what is at an address, under a name or that which the server gives. */
export function download(href, name = '') {
  const link = element('a', { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}
