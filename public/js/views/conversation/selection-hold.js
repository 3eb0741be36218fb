import { useEffect, useRef, useState } from 'preact/hooks';

/**
 * What a reader has selected at the end of a text that grows would be lost with the next word, so
 * the text holds still until the selection is gone. Takes the newest value and gives back the one
 * to show; `box` is the element with the text.
 */
export function useSelectionHold(box, value, growing) {
  const [held, setHeld] = useState(false);
  const shown = useRef(value);
  useEffect(() => {
    if (!growing && !held) return undefined;
    const look = () => setHeld(isSelected(lastBlock(box.current)));
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [growing, held]);
  if (!held) shown.current = value;
  return shown.current;
}

const lastBlock = (box) => [...(box?.querySelectorAll('.prose') ?? [])].at(-1)?.lastElementChild;

function isSelected(block) {
  const selection = getSelection();
  if (!block || selection.isCollapsed || !selection.rangeCount) return false;
  return selection.getRangeAt(0).intersectsNode(block);
}
