// A growing list shows its newest row, unless the reader has scrolled away from it.

/** To be called before the list grows; gives what to call after. */
export function keepAtEnd(box: Element | null): () => void {
  if (!box) return () => {};
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 4;
  return () => {
    if (atEnd) box.scrollTop = box.scrollHeight;
  };
}

/** Shows the newest row of a list that is drawn for the first time. */
export function showEnd(box: Element | null): void {
  if (box) box.scrollTop = box.scrollHeight;
}
