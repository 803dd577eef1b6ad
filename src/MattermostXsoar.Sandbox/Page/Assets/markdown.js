// Markdown of chat messages, converted to elements. Unknown syntax stays text; nothing here parses HTML.
import { el } from './dom.js';

const INLINE = /(`{1,3})([\s\S]+?)\1(?!`)|\*\*([^*\n]+?)\*\*|(?<![\w*])\*([^*\s][^*\n]*?)\*(?!\w)|(?<![\w_])_([^_\s][^_\n]*?)_(?!\w)|~~([^~\n]+?)~~|\[([^\]\n]{1,300})\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>()]+)|(?<![\w@])(@[a-z0-9][\w.-]*)/gi;

function link(text, address) {
  return el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, text);
}

export function inline(text, depth = 0) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > from) nodes.push(text.slice(from, found.index));
    from = found.index + found[0].length;
    const [whole, , code, bold, star, underscore, struck, label, address, bare, mention] = found;
    const inner = part => depth < 4 ? inline(part, depth + 1) : [part];
    if (code !== undefined) nodes.push(el('code', {}, code));
    else if (bold !== undefined) nodes.push(el('strong', {}, ...inner(bold)));
    else if (star ?? underscore) nodes.push(el('em', {}, ...inner(star ?? underscore)));
    else if (struck !== undefined) nodes.push(el('s', {}, ...inner(struck)));
    else if (label !== undefined) nodes.push(link(label, address));
    else if (bare !== undefined) nodes.push(link(bare, bare));
    else if (mention !== undefined) nodes.push(el('span', { class: 'mention' }, mention));
    else nodes.push(whole);
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

const cells = row => row.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map(cell => cell.trim().replaceAll('\\|', '|'));

export function table(head, rows) {
  return el('div', { class: 'table-box', tabindex: 0, role: 'group', 'aria-label': 'Table' }, el('table', {},
    el('thead', {}, el('tr', {}, head.map(cell => el('th', { scope: 'col' }, ...inline(cell))))),
    el('tbody', {}, rows.map(row => el('tr', {}, head.map((_, i) => el('td', {}, ...inline(row[i] ?? ''))))))));
}

export function pre(text, label) {
  return el('pre', { tabindex: 0, role: 'group', 'aria-label': label }, el('code', {}, text));
}

/** The lines of a text as block elements. */
export function markdown(text, depth = 0) {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks = [];
  for (let i = 0; i < lines.length;) {
    const line = lines[i];
    const fence = /^\s{0,3}(`{3,}|~{3,})(\w*)/.exec(line);
    if (fence) {
      const body = [];
      for (i++; i < lines.length && !lines[i].trim().startsWith(fence[1]); i++) body.push(lines[i]);
      i++;
      blocks.push(pre(body.join('\n'), fence[2] || 'Code'));
    } else if (/^\s*>/.test(line) && depth < 4) {
      const body = [];
      for (; i < lines.length && /^\s*>/.test(lines[i]); i++) body.push(lines[i].replace(/^\s*> ?/, ''));
      blocks.push(el('blockquote', {}, ...markdown(body.join('\n'), depth + 1)));
    } else if (line.includes('|') && /^\s*\|?\s*:?-{3,}/.test(lines[i + 1] ?? '')) {
      const head = cells(line);
      const rows = [];
      for (i += 2; i < lines.length && lines[i].includes('|'); i++) rows.push(cells(lines[i]));
      blocks.push(table(head, rows));
    } else if (/^\s*([-*+]|\d+[.)])\s+/.test(line)) {
      const ordered = /^\s*\d/.test(line);
      const items = [];
      for (; i < lines.length && /^\s*([-*+]|\d+[.)])\s+/.test(lines[i]); i++) items.push(el('li', {}, ...inline(lines[i].replace(/^\s*([-*+]|\d+[.)])\s+/, ''))));
      blocks.push(el(ordered ? 'ol' : 'ul', {}, items));
    } else if (/^#{1,6}\s/.test(line)) {
      blocks.push(el('p', { class: 'heading' }, ...inline(line.replace(/^#+\s+/, ''))));
      i++;
    } else if (line.trim() === '') {
      i++;
    } else {
      const body = [];
      do body.push(lines[i++]); while (i < lines.length && lines[i].trim() !== '' && !/^\s*(>|```|~~~|#{1,6}\s|[-*+]\s|\d+[.)]\s)/.test(lines[i]) && !/^\s*\|?\s*:?-{3,}/.test(lines[i + 1] ?? ''));
      blocks.push(el('p', {}, ...body.flatMap((part, n) => n === 0 ? inline(part) : [el('br'), ...inline(part)])));
    }
  }
  return blocks;
}
