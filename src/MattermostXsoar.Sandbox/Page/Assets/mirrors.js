// The observed mirrors: messages each way, waiting ones, how long they take.
import { byId, el, keyed, setText } from './dom.js';
import { ago, duration } from './time.js';

function state(pair) {
  if (pair.isArchived && pair.isClosed) return ['closed', '▣ closed, archived'];
  if (pair.isArchived) return ['archived', '▣ archived'];
  if (pair.isClosed) return ['closed', '▣ closed'];
  if (pair.toWarRoom.waiting + pair.toChat.waiting > 0) return ['waiting', '◌ waiting'];
  return pair.lastAt === null ? ['new', '○ announced'] : ['live', '● up to date'];
}

export class Mirrors {
  #pairs = [];

  constructor(onSelect) {
    this.body = byId('mirrors-body');
    this.rows = el('tbody');
    const head = ['Mirror', 'State', '→ Room', '← Chat', 'Waiting', 'Last', 'Median'];
    this.table = el('table', { class: 'grid' }, el('caption', { class: 'sr' }, 'Observed mirrors'), el('thead', {}, el('tr', {}, head.map(text => el('th', { scope: 'col' }, text)))), this.rows);
    this.empty = el('div', { class: 'empty' },
      el('p', { class: 'empty-title' }, 'No mirror seen yet'),
      el('p', {}, 'Start one in PowerShell with the Connect-Mattermost command that the sandbox printed, then:'),
      el('pre', { class: 'sample', tabindex: 0, role: 'group', 'aria-label': 'Command' }, el('code', {}, 'Start-MattermostMirror -InvestigationId 1 -Channel test')),
      el('p', {}, 'Mirrored messages appear here and between the columns.'));
    this.body.append(this.empty, this.table);
    this.onSelect = onSelect;
    this.show([]);
  }

  show(pairs, selected) {
    this.#pairs = pairs;
    this.empty.hidden = pairs.length > 0;
    this.table.hidden = pairs.length === 0;
    keyed(this.rows, pairs, it => `${it.channel}|${it.incident}`, it => this.#row(it), (row, it) => this.#fill(row, it, selected));
  }

  tick() {
    for (const row of this.rows.children) setText(row.cells[5], row.pair.lastAt === null ? '–' : ago(row.pair.lastAt));
  }

  #row() {
    const row = el('tr', {}, el('th', { scope: 'row' }, el('button', { type: 'button', class: 'linkish', onclick: () => this.onSelect(row.pair) })), Array.from({ length: 6 }, () => el('td', {})));
    row.cells[1].append(el('span', { class: 'state' }));
    return row;
  }

  #fill(row, pair, selected) {
    row.pair = pair;
    const [name, text] = state(pair);
    setText(row.cells[0].firstChild, `${pair.channelName} ⇄ #${pair.incident} ${pair.incidentName}`);
    row.toggleAttribute('data-current', selected?.channel === pair.channel && selected?.incident === pair.incident);
    row.cells[1].firstChild.dataset.state = name;
    setText(row.cells[1].firstChild, text);
    setText(row.cells[2], String(pair.toWarRoom.crossed));
    setText(row.cells[3], String(pair.toChat.crossed));
    setText(row.cells[4], pair.toWarRoom.waiting + pair.toChat.waiting ? `→ ${pair.toWarRoom.waiting}  ← ${pair.toChat.waiting}` : '0');
    setText(row.cells[5], pair.lastAt === null ? '–' : ago(pair.lastAt));
    setText(row.cells[6], pair.medianMs === null ? '–' : duration(pair.medianMs));
  }
}
