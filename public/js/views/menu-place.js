/**
 * A popover is drawn above everything, so that what is around it cannot cut it off, and has no
 * place of its own.
 */
export function placeBelow({ newState, target: menu }, button) {
  if (newState !== 'open') return;
  const { bottom, left, top } = button.getBoundingClientRect();
  const fits = bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.top = `${fits ? bottom + 4 : top - menu.offsetHeight - 4}px`;
  menu.style.left = `${Math.min(left, innerWidth - menu.offsetWidth - 8)}px`;
}
