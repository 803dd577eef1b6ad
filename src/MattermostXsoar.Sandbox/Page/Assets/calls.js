// The newest calls to both servers; repetitions of the same call, as by polling, are one row with a count.
import { byId, el, keyed, setText } from './dom.js';
import { clockTime } from './time.js';

const isError = call => call.status === 0 || call.status >= 400;
const short = path => path.replace(/[a-z0-9]{26}/g, id => `${id.slice(0, 4)}…`);

export class Calls {
  #calls = [];

  constructor() {
    this.rows = el('tbody');
    this.table = el('table', { class: 'grid calls' }, el('caption', { class: 'sr' }, 'Recent calls, newest first'),
      el('thead', {}, el('tr', {}, ['Time', 'Server', 'Call', 'Status', 'By'].map(text => el('th', { scope: 'col' }, text)))), this.rows);
    this.empty = el('p', { class: 'empty' }, 'No calls yet. Those of the page itself are not counted.');
    byId('calls-body').append(this.empty, this.table);
    this.errors = byId('calls-errors');
    this.errors.addEventListener('change', () => this.#draw());
  }

  show({ total, calls }) {
    this.#calls = calls;
    setText(byId('calls-total'), `${total.toLocaleString('en')} since the start`);
    this.#draw();
  }

  #draw() {
    const rows = [];
    const known = new Map();
    // Neither a call that still runs nor one that was dropped has a status.
    for (const call of [...this.#calls].reverse()) {
      if (this.errors.checked && !isError(call)) continue;
      const key = `${call.server} ${call.method} ${call.path} ${call.status}`;
      const row = known.get(key);
      if (row) row.count++;
      else known.set(key, rows[rows.push({ ...call, key, count: 1 }) - 1]);
    }
    this.empty.hidden = rows.length > 0;
    this.empty.textContent = this.errors.checked ? 'No errors among the recent calls.' : 'No calls yet. Those of the page itself are not counted.';
    this.table.hidden = rows.length === 0;
    keyed(this.rows, rows, it => it.key, () => el('tr', {}, Array.from({ length: 5 }, () => el('td', {}))), (row, it) => {
      setText(row.cells[0], clockTime(it.at));
      setText(row.cells[1], it.server === 'xsoar' ? 'XSOAR' : 'Mattermost');
      setText(row.cells[2], `${it.method} ${short(it.path)}${it.count > 1 ? `  ×${it.count}` : ''}`);
      row.cells[2].title = it.path;
      setText(row.cells[3], it.status === 0 ? '✕ none' : `${isError(it) ? '✕ ' : ''}${it.status}`);
      row.cells[3].className = isError(it) ? 'bad' : '';
      setText(row.cells[4], it.user ?? '–');
    });
  }
}
