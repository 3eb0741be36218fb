import { html } from './html.js';
import { useEffect, useState } from 'preact/hooks';
import { lazily } from '../shell/lazy-parts.js';
import { usePage } from './page-context.js';

/** A part of the page that is loaded when it is first drawn; `load` imports it. */
export function Late({ load, ...props }) {
  const { notices } = usePage();
  const [Part, setPart] = useState(null);
  useEffect(() => {
    lazily(load).then((part) => setPart(() => part), (error) => notices.report(error));
  }, [load]);
  return Part && html`<${Part} ...${props} />`;
}
