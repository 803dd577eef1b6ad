// Buttons that set faults, and the list of active faults.
import { send } from './api.js';
import { byId, el, keyed, setText, toast } from './dom.js';

const CALLS = [
  ['429 for 10 calls', { kind: 'RateLimit', count: 10, rateLimitReset: '1' }, 'The next 10 calls are answered with 429 and X-Ratelimit-Reset: 1'],
  ['503 for 5 calls', { kind: 'Status', status: 503, count: 5 }, 'The next 5 calls are answered with 503'],
  ['HTML answer', { kind: 'Html', count: 3 }, 'The next 3 calls get a login page with status 200'],
  ['Slow by 3 s', { kind: 'Delay', delay: 3, count: 10 }, 'The next 10 calls take three seconds longer'],
  ['Stall', { kind: 'Stall', count: 3 }, 'The next 3 calls never get an answer'],
  ['Act, then drop', { kind: 'ActThenDrop', count: 1, method: 'POST', path: '/posts$|/entry' }, 'The next post or entry is created, but its answer is lost'],
  ['Login redirect', { kind: 'LoginRedirect', count: 3 }, 'The next 3 calls are sent to a login page'],
  ['Half an answer', { kind: 'CutBody', count: 3 }, 'The next 3 answers end in the middle'],
  ['Drop', { kind: 'Drop', count: 5 }, 'The next 5 connections are dropped, and their calls are not handled'],
];

const SOCKETS = [
  ['Freeze', { kind: 'WebSocketFreeze', count: 1 }, 'At the next event a websocket goes silent but stays open'],
  ['Drop 3', { kind: 'WebSocketDropFrames', count: 3 }, 'The next 3 events are not sent'],
  ['Swap 2', { kind: 'WebSocketReorder', count: 1 }, 'The next event is sent after the one that follows it'],
  ['Double 3', { kind: 'WebSocketDuplicate', count: 3 }, 'The next 3 events are sent twice'],
];

const NAMES = {
  RateLimit: '429', LoginRedirect: 'login redirect', CutHeaders: 'half the headers', ActThenStatus: 'act, then error', WebSocketReorder: 'frames swapped', WebSocketDelay: 'frames late',
  WebSocketGarbage: 'garbage frames', Html: 'HTML answer', Delay: 'slow answer', Stall: 'stall', ActThenDrop: 'act, then drop', ActThenStall: 'act, then stall', CutBody: 'half an answer', Drop: 'drop',
  WebSocketCut: 'websocket cut', WebSocketFreeze: 'websocket freeze', WebSocketDropFrames: 'frames dropped', WebSocketDuplicate: 'frames doubled',
};

const describe = it => `${it.kind === 'Status' ? it.status : NAMES[it.kind] ?? it.kind}${it.seconds ? ` of ${it.seconds} s` : ''}`;
const target = it => it.kind.startsWith('WebSocket') ? 'websockets' : { mattermost: 'Mattermost', xsoar: 'XSOAR' }[it.server] ?? 'both';
const left = it => it.left === null ? `until it ends, ${it.hits} hit` : `${it.left} left${it.lasts ? `, for ${it.lasts} s` : ''}`;

export class Faults {
  constructor() {
    this.active = el('ul', { class: 'active', 'aria-label': 'Active faults' });
    this.none = byId('faults-none');
    this.server = el('select', { id: 'fault-server' }, el('option', { value: 'mattermost' }, 'Mattermost'), el('option', { value: 'xsoar' }, 'XSOAR'), el('option', { value: '' }, 'both'));
    this.freeze = this.#button('Freeze all', 'Both servers keep their connections and answer nothing', () => this.#do(this.isFrozen ? '/sandbox/thaw' : '/sandbox/freeze', this.isFrozen ? 'The servers go on.' : 'The servers are frozen.'));
    byId('faults-clear').addEventListener('click', () => this.#clear());
    byId('faults-body').append(
      el('div', { class: 'fault-group' }, this.active),
      el('div', { class: 'fault-group', role: 'group', 'aria-labelledby': 'fault-calls' },
        el('div', { class: 'buttons-row' }, el('p', { class: 'fault-title', id: 'fault-calls' }, el('label', { for: 'fault-server' }, 'Calls to '), this.server),
          CALLS.map(([label, fault, title]) => this.#button(label, title, () => this.#add({ ...fault, server: this.server.value || undefined }, label))))),
      el('div', { class: 'fault-group', role: 'group', 'aria-labelledby': 'fault-sockets' },
        el('div', { class: 'buttons-row' }, el('p', { class: 'fault-title', id: 'fault-sockets' }, 'Websockets ', this.sockets = el('span', { class: 'about' })), this.#button('Cut', 'Every websocket is dropped without a close frame', () => this.#do('/sandbox/cut', 'The websockets were cut.')), SOCKETS.map(([label, fault, title]) => this.#button(label, title, () => this.#add(fault, `websockets, ${label}`))))),
      el('div', { class: 'fault-group', role: 'group', 'aria-labelledby': 'fault-servers' },
        el('div', { class: 'buttons-row' }, el('p', { class: 'fault-title', id: 'fault-servers' }, 'Both servers'), this.freeze,
          this.#button('Restart', 'Both servers stop and start again at once, with their state', () => this.#do('/sandbox/restart', 'The servers restart.')),
          this.#button('Down for 5 s', 'Both servers are down for five seconds', () => this.#do('/sandbox/restart?seconds=5', 'The servers are down for 5 seconds.')))));
  }

  show({ isFrozen, areSocketsFrozen, sockets, active }) {
    this.isFrozen = isFrozen || areSocketsFrozen;
    setText(this.freeze, this.isFrozen ? 'Thaw' : 'Freeze all');
    this.freeze.setAttribute('aria-pressed', String(this.isFrozen));
    setText(this.sockets, `(${sockets} open)`);
    const all = active.map(it => ({ key: it.id, text: `${describe(it)} · ${target(it)} · ${left(it)}` }));
    if (this.isFrozen) all.unshift({ key: 'frozen', text: isFrozen ? 'Both servers are frozen' : 'The websockets are frozen' });
    setText(this.none, all.length ? `${all.length} active` : 'No fault is active');
    this.active.hidden = all.length === 0;
    keyed(this.active, all, it => it.key, it => el('li', {}, el('span', {}), this.#remover(it.key)), (node, it) => {
      setText(node.firstChild, it.text);
      node.lastChild.setAttribute('aria-label', `Remove: ${it.text}`);
    });
    document.body.toggleAttribute('data-faulty', all.length > 0);
  }

  #remover(key) {
    return el('button', { type: 'button', class: 'small quiet', title: 'Remove', onclick: () => this.#try(() => key === 'frozen' ? send('/sandbox/thaw') : send(`/sandbox/faults/${key}`, undefined, 'DELETE'), 'The fault is removed.') }, '✕');
  }

  #button(label, title, onclick) {
    return el('button', { type: 'button', class: 'small', title, onclick }, label);
  }

  #add(fault, label) {
    return this.#try(() => send('/sandbox/faults', fault), `Fault set: ${label}`);
  }

  #do(path, done) {
    return this.#try(() => send(path), done);
  }

  #clear() {
    return this.#try(async () => { await send('/sandbox/faults', undefined, 'DELETE'); await send('/sandbox/thaw'); }, 'All faults are cleared.');
  }

  async #try(act, done) {
    try {
      await act();
      toast(done);
    } catch (error) {
      toast(error.message, 'bad');
    }
  }
}
