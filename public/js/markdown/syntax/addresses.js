// Bare addresses. They end at white space, at `<`, at full-width marks, and before what ends the
// sentence.

const scheme = /(?<![a-z\d])(?:https?|ftp)$/i;
const wide = '（）「」『』【】〈〉《》〔〕［］｛｝，。、；：！？…“”‘’｜￥';
const rest = new RegExp(`://[^\\s<>"\`*${wide}]+`, 'y');
const www = `www\\.[^\\s<>"\`*${wide}]{2,2000}`;
const mail = String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w@])`;
const other = new RegExp(String.raw`(?<![\w@./+-])(?:${www}|${mail})`, 'g');

/** A rule for `https://…`: at the colon, with the scheme in the text before it. */
export function addresses(state, silent) {
  if (state.linkLevel > 0 || state.src.charCodeAt(state.pos) !== 0x3a) return false;
  const name = scheme.exec(state.pending)?.[0];
  rest.lastIndex = state.pos;
  const found = name && rest.exec(state.src)?.[0];
  if (!found) return false;
  const address = trimmed(found);
  if (address.length < 4 || state.pos + address.length > state.posMax) return false;
  if (!silent) {
    state.pending = state.pending.slice(0, -name.length);
    push(state, name + address);
  }
  state.pos += address.length;
  return true;
}

function push(state, address) {
  state.push('link_open', 'a', 1).attrs = [['href', address]];
  state.push('text', '', 0).content = address;
  state.push('link_close', 'a', -1);
}

/** The pieces of a text, `{text, href}`, in which `www.…` and addresses of mail are links. */
export function pieces(text) {
  if (!text.includes('@') && !/www\./i.test(text)) return [{ text }];
  const found = [];
  let end = 0;
  for (const { 0: whole, index } of text.matchAll(other)) {
    const address = trimmed(whole);
    found.push({ text: text.slice(end, index) }, { text: address, href: hrefOf(address) });
    end = index + address.length;
  }
  return [...found, { text: text.slice(end) }].filter((piece) => piece.text);
}

const hrefOf = (address) =>
  address.includes('@') && !address.startsWith('www.') ? `mailto:${address}` : `http://${address}`;

/** Without the marks that end a sentence, and without a bracket that was opened before it. */
function trimmed(address) {
  let end = address.length;
  let open = count(address, '(') - count(address, ')');
  for (; end > 0; end -= 1) {
    const last = address[end - 1];
    if (last === ')' && open < 0) open += 1;
    else if (!'?!.,:;*_\'~&'.includes(last)) break;
  }
  return address.slice(0, end);
}

const count = (text, mark) => text.split(mark).length - 1;
