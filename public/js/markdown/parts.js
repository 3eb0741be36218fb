// A block that grows holds thousands of items, rows or pieces. Those that are settled are folded
// into groups, so that to add one costs no look at all the others.
import { Component, h } from 'preact';

const fan = 32;

const heightOf = (part) => part.height ?? 0;

/** The parts with more behind them; the groups stand before what is not grouped yet. */
export function fold(parts, more) {
  const all = [...parts, ...more];
  for (let height = 0; ; height += 1) {
    const from = all.findIndex((part) => heightOf(part) === height);
    if (from < 0) return all;
    while (all.length > from + 2 * fan && heightOf(all[from + 2 * fan]) === height)
      all.splice(from, fan, { height: height + 1, items: all.slice(from, from + fan) });
  }
}

export const unfold = (parts) =>
  parts.flatMap((part) => (part.items ? unfold(part.items) : [part]));

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

  render({ part, draw }, { failed }) {
    if (failed) return h('p', { class: 'plain' }, part.source);
    return part.items ? parts(part.items, draw) : draw(part);
  }
}

export const parts = (list, draw) =>
  list.map((part, place) => h(Part, { key: place, part, draw }));
