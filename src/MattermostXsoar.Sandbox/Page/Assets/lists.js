// The lists of channels on the left and of incidents on the right.
import { byId, el, keyed, setText } from './dom.js';

const SIGNS = { O: '#', P: '◈', D: '@', G: '@' };
const TYPES = { O: 'public', P: 'private', D: 'direct', G: 'group' };

function row(onSelect) {
  return item => el('li', {}, el('button', { type: 'button', class: 'rail-row', onclick: event => onSelect(event.currentTarget.parentElement.item) },
    el('span', { class: 'sign', 'aria-hidden': 'true' }), el('span', { class: 'rail-name' }), el('span', { class: 'rail-note', 'aria-hidden': 'true' }), el('span', { class: 'sr' })));
}

function fill(node, item, { sign, name, note, selected, off, about }) {
  node.item = item;
  const [button] = node.children;
  const [signBox, nameBox, noteBox, aboutBox] = button.children;
  setText(signBox, sign);
  setText(nameBox, name);
  setText(noteBox, note);
  setText(aboutBox, about);
  button.toggleAttribute('data-off', off);
  if (!selected) return button.removeAttribute('aria-current');
  // In narrower windows the lists are strips: the selected item must be visible in them.
  if (!button.hasAttribute('aria-current')) requestAnimationFrame(() => button.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  button.setAttribute('aria-current', 'true');
}

export function showChannels(channels, selected, mirrored, onSelect) {
  keyed(byId('channels'), channels, it => it.id, row(onSelect), (node, it) => fill(node, it, {
    sign: SIGNS[it.type] ?? '#',
    name: it.title,
    note: it.isArchived ? 'archived' : mirrored.has(it.id) ? '⇄' : '',
    selected: it.id === selected,
    off: it.isArchived,
    about: `, ${TYPES[it.type] ?? ''} channel${it.isArchived ? ', archived' : ''}${mirrored.has(it.id) ? ', mirrored' : ''}`,
  }));
}

export function showIncidents(incidents, selected, mirrored, onSelect) {
  keyed(byId('incidents'), incidents, it => it.id, row(onSelect), (node, it) => fill(node, it, {
    sign: `#${it.id}`,
    name: it.name,
    note: it.status === 2 ? 'closed' : it.status === 0 ? 'pending' : mirrored.has(it.id) ? '⇄' : '',
    selected: it.id === selected,
    off: it.status === 2,
    about: `${it.status === 2 ? ', closed' : it.status === 0 ? ', pending' : ''}${mirrored.has(it.id) ? ', mirrored' : ''}`,
  }));
}
