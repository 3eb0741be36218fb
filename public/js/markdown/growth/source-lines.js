/** A text by its lines, with the offset at which each begins. */
export class SourceLines {
  #text;
  #offsets = [0];

  constructor(text) {
    this.#text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
      this.#offsets.push(at + 1);
  }

  /** Lines that end, so that nothing will be added to them. */
  get whole() {
    return this.#offsets.length - 1;
  }

  offsetOf(line) {
    return this.#offsets[line] ?? this.#text.length;
  }

  between(line, end) {
    return this.#text.slice(this.offsetOf(line), this.offsetOf(end));
  }

  /**
   * Whether the text can be cut before this block: a formula that began above it may end below its
   * beginning, unless an empty line parts them, and one with more behind it in its last line is a
   * part of the paragraph above it.
   */
  mayCutBefore({ type, lines: [line, end] }) {
    if (type === 'formula' && end > this.whole) return false;
    let first = line;
    while (first > 0 && this.between(first - 1, first).trim()) first -= 1;
    return !/\$\$|\\\[|\\begin\{/.test(this.between(first, line));
  }
}
