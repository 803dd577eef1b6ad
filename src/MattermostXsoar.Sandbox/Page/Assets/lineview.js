// One message or entry of a list: built once, then only the parts that changed are replaced, so that focus and screen readers are not disturbed.
import { el, setText } from './dom.js';
import { markdown, pre, table } from './markdown.js';
import { clockTime, duration, now } from './time.js';

export const EMOJI = { '+1': '👍', eyes: '👀', white_check_mark: '✅', tada: '🎉', warning: '⚠️', heart: '❤️' };

const KINDS = {
  note: 'Note', command: 'Command', result: 'Result', error: 'Error', table: 'Table', json: 'JSON', file: 'File',
  playbookTaskResult: 'Playbook task', playbookTaskStartAndDone: 'Playbook', playbookErrors: 'Playbook error', incidentInfo: 'Incident',
};

const FOOTER = /\n?[^\n]*\*\*from mattermost\*\*[^\n]*\s*$/i;

function structured(line) {
  let value;
  try { value = JSON.parse(line.text); } catch { return [pre(line.text, 'Text')]; }
  const rows = Array.isArray(value) ? value : [value];
  const isTable = line.format === 'table' && rows.length > 0 && rows.every(row => row && typeof row === 'object' && !Array.isArray(row));
  if (!isTable) return [pre(JSON.stringify(value, null, 2), 'JSON')];
  const head = [...new Set(rows.flatMap(row => Object.keys(row)))].slice(0, 20);
  const cell = it => it === null || it === undefined ? '' : typeof it === 'object' ? JSON.stringify(it) : String(it);
  return [table(head, rows.slice(0, 100).map(row => head.map(name => cell(row[name]))))];
}

function content(line, side) {
  if (line.isDeleted) return [el('p', { class: 'gone' }, side === 'chat' ? 'This message was deleted.' : 'This entry was deleted.')];
  const parts = [];
  if (line.files?.length) parts.push(el('p', { class: 'file' }, `Files: ${line.files.join(', ')}`));
  if (line.file) parts.push(el('p', { class: 'file' }, `File: ${line.file}`));
  if (side === 'chat') parts.push(...markdown(line.text));
  else if (line.format === 'table' || line.format === 'json') parts.push(...structured(line));
  else if (line.format === 'html') parts.push(pre(line.text, 'HTML source'));
  else if (line.format === 'markdown') parts.push(...markdown(line.isMirrored ? line.text.replace(FOOTER, '') : line.text));
  else if (line.kind === 'command') parts.push(el('p', {}, el('code', {}, line.text)));
  else parts.push(...line.text.split('\n').flatMap((part, i) => i ? [el('br'), part] : [part]));
  if (line.isCut) parts.push(el('p', { class: 'gone' }, 'The text is longer; the page shows its beginning.'));
  return parts;
}

/** Describes how a message was mirrored. The arrow points in its direction: right into the War Room, left into the channel. */
export function crossingText(crossing, side) {
  const there = side === 'chat' ? 'War Room' : 'channel';
  const many = crossing.peers.length > 1 ? ` (${crossing.peers.length} ${side === 'chat' ? 'entries' : 'messages'})` : '';
  switch (crossing.state) {
    case 'crossed': return `${side === 'chat' ? '→' : '←'} in the ${there} after ${duration(crossing.ms)}${many}`;
    case 'arrived': return `${side === 'chat' ? '←' : '→'} from the ${there} after ${duration(crossing.ms)}`;
    case 'passed': return '⊘ not mirrored: later ones were';
    default: return '◌ waiting to be mirrored';
  }
}

export class LineView {
  #shown = {};

  constructor(side, actions) {
    this.side = side;
    this.actions = actions;
    this.head = el('header', { class: 'line-head' });
    this.quote = el('p', { class: 'quote', hidden: true });
    this.text = el('div', { class: 'text' });
    this.reactions = el('div', { class: 'reactions', hidden: true });
    this.cross = el('p', { class: 'cross', hidden: true });
    this.tools = el('div', { class: 'tools', role: 'group', 'aria-label': 'Actions' }, this.#buttons());
    this.avatar = el('span', { class: 'avatar', 'aria-hidden': 'true' });
    this.node = el('article', { class: 'line', tabindex: -1 }, this.avatar, el('div', { class: 'line-body' }, this.head, this.quote, this.text, this.reactions, this.cross), this.tools);
    this.node.view = this;
  }

  show(line, ownUser) {
    this.line = line;
    const { node, side } = this;
    const author = line.user || 'XSOAR';
    node.dataset.id = line.id;
    node.dataset.state = line.crossing?.state ?? '';
    node.classList.toggle('system', line.isSystem === true);
    node.classList.toggle('bot', line.isBot === true);
    node.dataset.kind = line.kind ?? '';
    this.own(ownUser);
    this.#part('head', [author, line.name, line.isBot, line.kind, line.isEdited, line.isPinned, line.isMirrored, line.task, line.tags], () => {
      this.avatar.textContent = (line.name || author).split(/[\s._-]+/).map(word => word[0] ?? '').join('').slice(0, 2).toUpperCase();
      this.avatar.dataset.tone = String([...author].reduce((sum, c) => sum + c.codePointAt(0), 0) % 6);
      node.setAttribute('aria-label', `${line.name || author}, ${clockTime(line.at)}`);
      this.head.replaceChildren(
        el('span', { class: 'who' }, line.name || author), ...(line.name ? [' ', el('span', { class: 'handle' }, `@${author}`)] : []), ' ',
        line.isBot ? el('span', { class: 'chip' }, 'bot') : '',
        line.isMirrored ? el('span', { class: 'chip' }, 'mirrored') : KINDS[line.kind] ? el('span', { class: `chip kind-${line.kind}` }, KINDS[line.kind]) : '', ' ',
        line.task ? el('span', { class: 'handle' }, line.task) : '', ' ',
        el('time', { datetime: new Date(line.at).toISOString() }, clockTime(line.at)),
        line.isEdited ? el('span', { class: 'edited' }, ' edited') : '',
        line.isPinned ? el('span', { class: 'chip' }, 'pinned') : '',
        ...(line.tags ?? []).map(tag => el('span', { class: 'chip' }, tag)));
    });
    this.#part('quote', line.quote, () => {
      this.quote.hidden = !line.quote;
      if (line.quote) this.quote.replaceChildren('↳ reply to ', el('strong', {}, `@${line.quote.user}`), `: ${line.quote.text}`);
    });
    this.#part('text', [line.text, line.isDeleted, line.files, line.format], () => this.text.replaceChildren(...content(line, side)));
    this.#part('reactions', line.reactions, () => {
      this.reactions.hidden = !line.reactions?.length;
      this.reactions.replaceChildren(...(line.reactions ?? []).map(({ emoji, users }) =>
        el('span', { class: 'reaction', role: 'img', 'aria-label': `${emoji}: ${users.join(', ')}`, title: users.join(', ') }, `${EMOJI[emoji] ?? `:${emoji}:`} ${users.length}`)));
    });
    if (side === 'chat') setText(this.tools.querySelector('[data-tool=pin]'), line.isPinned ? 'Unpin' : 'Pin');
    this.#part('cross', line.isDeleted && line.crossing?.state !== 'crossed' ? null : line.crossing, () => this.#showCrossing(line.crossing));
  }

  /** Shows the buttons that only the author may use. */
  own(user) {
    this.node.toggleAttribute('data-own', this.line.user === user && !this.line.isDeleted && !this.line.isSystem);
    this.node.toggleAttribute('data-deleted', this.line.isDeleted === true);
  }

  /** Updates the waiting time. Hidden from screen readers, which would announce it every second. */
  tick() {
    if (this.waited) setText(this.waited, ` ${duration(Math.max(0, now() - this.line.at))}`);
  }

  flash() {
    this.node.classList.remove('fresh');
    void this.node.offsetWidth;
    this.node.classList.add('fresh');
  }

  #part(name, value, draw) {
    const key = JSON.stringify(value ?? null);
    if (this.#shown[name] === key) return;
    this.#shown[name] = key;
    draw();
  }

  #showCrossing(crossing) {
    this.waited = null;
    this.cross.hidden = !crossing;
    if (!crossing) return this.cross.replaceChildren();
    const text = crossingText(crossing, this.side);
    if (crossing.peers.length) {
      this.cross.replaceChildren(el('button', { type: 'button', class: `crossing ${crossing.state}`, tabindex: -1, title: 'Show it on the other side', onclick: () => this.actions.jump(this.line) }, text));
      return;
    }
    const label = el('span', { class: `crossing ${crossing.state}` }, text);
    if (crossing.state === 'waiting') {
      this.waited = el('span', { 'aria-hidden': 'true' });
      label.append(this.waited);
      this.tick();
    }
    this.cross.replaceChildren(label);
  }

  #buttons() {
    const button = (name, label, key, className = '') => el('button', { type: 'button', class: `tool ${className}`, data: { tool: name }, title: `${label} (${key})`, onclick: () => this.actions[name](this.line) }, label);
    const own = [button('edit', 'Edit', 'E', 'own-tool'), button('remove', 'Delete', 'Del', 'own-tool')];
    if (this.side === 'room') return own;
    const faces = el('span', { class: 'faces', role: 'group', 'aria-label': 'React with', hidden: true }, Object.entries(EMOJI).map(([emoji, face]) =>
      el('button', { type: 'button', class: 'tool face', 'aria-label': emoji, title: emoji, onclick: () => { faces.hidden = true; open.setAttribute('aria-expanded', 'false'); this.node.focus(); this.actions.react(this.line, emoji); } }, face)));
    const open = el('button', {
      type: 'button', class: 'tool', data: { tool: 'faces' }, 'aria-expanded': 'false', title: 'React (A)', onclick: () => {
        faces.hidden = !faces.hidden;
        open.setAttribute('aria-expanded', String(!faces.hidden));
        if (!faces.hidden) faces.firstElementChild.focus();
      },
    }, 'React');
    return [button('reply', 'Reply', 'R'), open, faces, button('pin', 'Pin', 'P'), ...own];
  }
}
