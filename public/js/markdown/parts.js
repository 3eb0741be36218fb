// A block that grows holds thousands of items, rows or pieces. They stand in groups by their
// number, so that to add one costs no look at all the others, and so that the browser can leave out
// the layout of whole groups which are not on the screen.
import { Component, h } from 'preact';

export const fan = 32;

/** The parts with more behind them: groups, and behind them what does not fill one yet. */
export function fold(parts, more) {
  const groups = parts.filter(({ items }) => items);
  const rest = [...parts.slice(groups.length), ...more];
  while (rest.length >= fan) groups.push({ items: rest.splice(0, fan) });
  return [...groups, ...rest];
}

export const unfold = (parts) => parts.flatMap((part) => part.items ?? [part]);

/** A part that is the same object, drawn in the same way, is not looked at again. */
class Part extends Component {
  shouldComponentUpdate({ part, draw }, { failed }) {
    return failed !== this.state.failed || part !== this.props.part || draw !== this.props.draw;
  }

  /** A block that cannot be drawn is shown as it was written; its parts have no source. */
  componentDidCatch(error) {
    if (this.props.part.source === undefined) throw error;
    console.error(error);
    this.setState({ failed: true });
  }

  render(props, { failed }) {
    return failed ? h('p', { class: 'plain' }, props.part.source) : contentOf(props);
  }
}

export function contentOf({ part, draw, wrap, place }) {
  if (!part.items) return draw(part, place);
  const items = part.items.map((item, at) =>
    h(Part, { key: at, part: item, draw, place: place + at }),
  );
  return wrap ? wrap(items, place) : items;
}

/** Each group but the first in a box of that class. */
export const groupIn = (name) => (items, place) =>
  place ? h('div', { class: name }, items) : items;

/** `draw` gets a part and its place, and `wrap` the parts of a group and the place of the first. */
export function parts(list, draw, wrap) {
  const folded = fold(list, []);
  const groups = folded.filter(({ items }) => items);
  const rest = folded.slice(groups.length);
  return [...groups, ...(rest.length ? [{ items: rest }] : [])].map((part, at) =>
    h(Part, { key: at, part, draw, wrap, place: at * fan }),
  );
}
