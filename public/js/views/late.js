import { html } from './html.js';
import { useEffect, useState } from 'preact/hooks';
import { lazily } from '../shell/lazy-parts.js';
import { usePage } from './page-context.js';

export const loadLate = () => lazily(() => import('../presets/late.js'));

/** A part of the page that is loaded when the first of its kind is drawn, by its name. */
export function Late({ part, ...props }) {
  const { notices } = usePage();
  const [parts, setParts] = useState(null);
  useEffect(() => {
    loadLate().then(setParts, (error) => notices.report(error));
  }, []);
  return parts && html`<${parts[part]} ...${props} />`;
}
