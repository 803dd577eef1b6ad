// The space between the columns: an arrow is drawn between each post and its entry, in the direction of the mirroring.
import { byId } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const shape = (name, attributes = {}) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

export class Gutter {
  #paths = new Map();
  #asked = false;
  #calm = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(chat, room) {
    this.chat = chat;
    this.room = room;
    this.box = byId('gutter');
    this.svg = byId('crossings');
    const defs = shape('defs');
    for (const way of ['to-room', 'to-chat']) {
      const marker = shape('marker', { id: `tip-${way}`, class: way, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 5.5, markerHeight: 5.5, orient: 'auto' });
      marker.append(shape('path', { d: 'M0 0 8 4 0 8z' }));
      defs.append(marker);
    }
    this.layer = shape('g');
    this.dots = shape('g');
    this.svg.append(defs, this.layer, this.dots);
    new ResizeObserver(() => this.draw()).observe(this.box);
  }

  /** Draws before the next frame, however often it is called. */
  draw() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => { this.#asked = false; this.#draw(); });
  }

  /** Highlights messages that were just mirrored: both ends light up, and a dot moves along the arrow, unless motion is reduced. */
  crossed(views) {
    this.#draw();
    // Only the last ones of a burst: a hundred moving dots would be of no use.
    for (const view of views.slice(-12)) {
      view.flash();
      if (view.line.crossing.state !== 'arrived') continue;
      const path = this.#paths.get(this.#key(view, view.line.crossing.peers[0]));
      if (!path) continue;
      path.classList.remove('new');
      void path.getBoundingClientRect();
      path.classList.add('new');
      if (!this.#calm.matches) this.#run(path);
    }
  }

  #key(view, peer) {
    return view.side === 'chat' ? `${view.line.id}|${peer}` : `${peer}|${view.line.id}`;
  }

  #draw() {
    const area = this.box.getBoundingClientRect();
    if (area.width === 0) return;
    const [top, bottom] = this.#bounds(area);
    const wanted = new Map();
    const place = view => {
      const box = view.node.getBoundingClientRect();
      const y = box.top - area.top + Math.min(22, box.height / 2);
      return { y: Math.min(bottom, Math.max(top, y)), out: y < top ? -1 : y > bottom ? 1 : 0 };
    };
    for (const view of this.chat.views.values()) {
      const { crossing } = view.line;
      if (crossing?.state === 'waiting') this.#wait(wanted, view, place(view), 0, area.width);
      for (const peer of crossing?.peers ?? []) {
        const other = this.room.views.get(peer);
        if (!other) continue;
        const [from, to] = [place(view), place(other)];
        if (from.out && from.out === to.out) continue;
        const toRoom = crossing.state === 'crossed';
        const w = area.width;
        const curve = (x1, y1, x2, y2) => `M${x1} ${y1}C${w / 2} ${y1} ${w / 2} ${y2} ${x2} ${y2}`;
        wanted.set(`${view.line.id}|${peer}`, {
          class: `path ${toRoom ? 'to-room' : 'to-chat'}${from.out || to.out ? ' half' : ''}`,
          d: toRoom ? curve(2, from.y, w - 3, to.y) : curve(w - 2, to.y, 3, from.y),
          'marker-end': `url(#tip-${toRoom ? 'to-room' : 'to-chat'})`,
        });
      }
    }
    for (const view of this.room.views.values()) {
      if (view.line.crossing?.state === 'waiting') this.#wait(wanted, view, place(view), area.width, area.width);
    }
    this.#paint(wanted);
  }

  #bounds(area) {
    const [a, b] = [this.chat.root, this.room.root].map(root => root.getBoundingClientRect());
    return [Math.max(a.top, b.top) - area.top + 4, Math.min(a.bottom, b.bottom) - area.top - 4];
  }

  #wait(wanted, view, { y, out }, x, width) {
    if (out) return;
    const end = x === 0 ? width * 0.42 : width * 0.58;
    wanted.set(`wait|${view.line.id}`, { class: `path wait ${x === 0 ? 'to-room' : 'to-chat'}`, d: `M${x} ${y}H${end}m0 0a3.5 3.5 0 1 ${x === 0 ? 1 : 0} 0 .01` });
  }

  #paint(wanted) {
    for (const [key, path] of this.#paths) {
      if (wanted.has(key)) continue;
      path.remove();
      this.#paths.delete(key);
    }
    for (const [key, attributes] of wanted) {
      let path = this.#paths.get(key);
      if (!path) {
        this.#paths.set(key, path = shape('path', { pathLength: 1 }));
        path.dataset.key = key;
        this.layer.append(path);
      }
      const fresh = path.classList.contains('new') ? ' new' : '';
      for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, name === 'class' ? value + fresh : value);
    }
  }

  #run(path) {
    const dot = shape('circle', { r: 4.5, class: `runner ${path.classList.contains('to-room') ? 'to-room' : 'to-chat'}` });
    this.dots.append(dot);
    const began = performance.now();
    const step = time => {
      const part = Math.min(1, (time - began) / 650);
      if (part === 1 || !path.isConnected) return dot.remove();
      const eased = part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) ** 2;
      const { x, y } = path.getPointAtLength(path.getTotalLength() * Math.max(0, eased));
      dot.setAttribute('cx', x);
      dot.setAttribute('cy', y);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
}
