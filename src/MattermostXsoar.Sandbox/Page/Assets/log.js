// A list of messages or entries: bounded, in order of time, staying at the newest one unless the reader has scrolled away.
import { byId, el } from './dom.js';
import { LineView } from './lineview.js';

export class Log {
  #capacity = 200;
  #views = new Map();
  #current = null;
  #missed = 0;

  /** @param side 'chat' or 'room'; @param actions the actions of the buttons; @param onChange is called when the visible part has changed. */
  constructor(side, actions, onChange) {
    this.side = side;
    this.root = byId(`${side}-log`);
    this.newer = byId(`${side}-newer`);
    this.actions = actions;
    this.onChange = onChange;
    this.user = '';
    this.empty = el('div', { class: 'empty' });
    this.root.addEventListener('scroll', () => { if (this.#atEnd()) this.#seenAll(); onChange(); }, { passive: true });
    this.root.addEventListener('focusin', event => this.#enter(event.target.closest('.line')));
    this.root.addEventListener('keydown', event => this.#key(event));
    this.newer.addEventListener('click', () => { this.#toEnd(); this.root.focus(); });
  }

  get views() {
    return this.#views;
  }

  reset(capacity, emptyText) {
    this.#capacity = capacity;
    if (this.root.contains(document.activeElement)) this.root.focus();
    this.#views.clear();
    this.#current = null;
    this.empty.replaceChildren(...emptyText);
    // A whole conversation is not new: it is not read out.
    this.root.setAttribute('aria-busy', 'true');
    this.root.replaceChildren(this.empty);
    this.#seenAll();
  }

  /** Takes new and changed items; returns the views of those that have just been mirrored. */
  apply(lines, gone) {
    const isFirst = this.root.getAttribute('aria-busy') === 'true';
    const atEnd = isFirst || this.#atEnd();
    const crossed = [];
    let added = 0;
    for (const id of gone) this.#remove(id);
    for (const line of lines) {
      let view = this.#views.get(line.id);
      const before = view?.line.crossing?.state;
      if (!view) {
        view = new LineView(this.side, this.actions);
        this.#views.set(line.id, view);
        view.show(line, this.user);
        this.#insert(view);
        added++;
      } else {
        view.show(line, this.user);
      }
      const state = line.crossing?.state;
      if (!isFirst && state !== before && (state === 'crossed' || state === 'arrived')) crossed.push(view);
    }
    while (this.#views.size > this.#capacity) this.#remove(this.root.querySelector('.line').dataset.id);
    this.empty.hidden = this.#views.size > 0;
    if (atEnd) this.#toEnd();
    else if (added) this.#miss(added);
    if (isFirst) requestAnimationFrame(() => this.root.setAttribute('aria-busy', 'false'));
    this.onChange();
    return crossed;
  }

  setUser(user) {
    this.user = user;
    for (const view of this.#views.values()) view.own(user);
  }

  tick() {
    for (const view of this.#views.values()) view.tick();
  }

  /** Scrolls an item into view and focuses it. False if it is not in the list. */
  goTo(id) {
    const view = this.#views.get(id);
    if (!view) return false;
    view.node.scrollIntoView({ block: 'center' });
    view.node.focus();
    view.flash();
    return true;
  }

  #insert(view) {
    let after = this.root.lastElementChild;
    while (after && after !== this.empty && after.view.line.at > view.line.at) after = after.previousElementSibling;
    if (after) after.after(view.node);
    else this.root.prepend(view.node);
  }

  #remove(id) {
    const view = this.#views.get(id);
    if (!view) return;
    if (view.node.contains(document.activeElement)) this.root.focus();
    view.node.remove();
    this.#views.delete(id);
  }

  #atEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 40;
  }

  #toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
    this.#seenAll();
  }

  #seenAll() {
    this.#missed = 0;
    this.newer.hidden = true;
  }

  #miss(count) {
    this.#missed += count;
    this.newer.textContent = `${this.#missed} newer ${this.side === 'chat' ? this.#missed === 1 ? 'message' : 'messages' : this.#missed === 1 ? 'entry' : 'entries'} ↓`;
    this.newer.hidden = false;
  }

  /** Only the buttons of the current item can be reached by Tab, not those of all two hundred. */
  #enter(node) {
    if (node === this.#current || !node) return;
    for (const button of this.#current?.querySelectorAll('.crossing') ?? []) button.tabIndex = -1;
    this.#current = node;
    for (const button of node.querySelectorAll('button.crossing')) button.tabIndex = 0;
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const line = event.target.closest('.line');
    const lines = [...this.root.querySelectorAll('.line')];
    const at = lines.indexOf(line);
    const to = { ArrowDown: at < 0 ? lines.length - 1 : Math.min(at + 1, lines.length - 1), ArrowUp: at < 0 ? lines.length - 1 : Math.max(at - 1, 0), Home: 0, End: lines.length - 1 }[event.key];
    if (to !== undefined) {
      if (lines[to]) { lines[to].focus(); lines[to].scrollIntoView({ block: 'nearest' }); event.preventDefault(); }
      return;
    }
    if (event.target !== line) return;
    const tool = { r: 'reply', e: 'edit', a: 'faces', p: 'pin', Delete: 'remove' }[event.key];
    if (event.key === 'Enter' || event.key === 'x') line.querySelector('button.crossing')?.click();
    else if (tool) [...line.querySelectorAll(`[data-tool="${tool}"]`)].find(it => !it.classList.contains('own-tool') || line.hasAttribute('data-own'))?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
