/**
 * A popover is drawn above everything, so that no list can cut it off, and has no place of its
 * own: below a button, or above it where there is no room.
 */
export function placeBelow(popover, button) {
  const { bottom, left, top } = button.getBoundingClientRect();
  const fits = bottom + popover.offsetHeight + 8 < innerHeight;
  popover.style.top = `${fits ? bottom + 4 : Math.max(4, top - popover.offsetHeight - 4)}px`;
  popover.style.left = `${Math.max(4, Math.min(left, innerWidth - popover.offsetWidth - 8))}px`;
}
