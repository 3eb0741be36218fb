// The parser leaves character references alone, and there is no innerHTML here to decode them with.

const named = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', trade: '™',
  deg: '°', plusmn: '±', times: '×', divide: '÷', middot: '·', bull: '•', hellip: '…', ndash: '–',
  mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', larr: '←',
  uarr: '↑', rarr: '→', darr: '↓', harr: '↔', ne: '≠', le: '≤', ge: '≥', infin: '∞', euro: '€',
  pound: '£', yen: '¥', sect: '§', para: '¶', micro: 'µ', frac12: '½', frac14: '¼', frac34: '¾',
  check: '✓', ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', shy: '\u00ad',
};

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]\w{1,11}));/g;

export function decodeEntities(text) {
  return text.replace(reference, (whole, decimal, hexadecimal, name) => {
    if (name) return Object.hasOwn(named, name) ? named[name] : whole;
    return character(decimal ? Number(decimal) : parseInt(hexadecimal, 16));
  });
}

function character(code) {
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? String.fromCodePoint(code) : '\ufffd';
}
