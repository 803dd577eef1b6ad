// Connects everything: the feed's messages go to the columns, lists and panels; people's actions go to the sandbox.
import { act } from './api.js';
import { ask } from './ask.js';
import { Calls } from './calls.js';
import { Composer } from './composer.js';
import { byId, el, setText, tell, toast } from './dom.js';
import { Faults } from './faults.js';
import { Feed } from './feed.js';
import { Gutter } from './gutter.js';
import { startKeys } from './keys.js';
import { showChannels, showIncidents } from './lists.js';
import { Log } from './log.js';
import { Mirrors } from './mirrors.js';
import { duration, serverIs } from './time.js';

const state = { channel: null, incident: null, channels: [], incidents: [], people: [], analysts: [], pairs: [], jumpTo: null };
const attempt = async (task, done) => { try { await task(); if (done) toast(done); } catch (error) { toast(error.message, 'bad'); } };

const chat = new Log('chat', {
  reply: line => chatBox.reply(state.channel && line.root ? { ...line, id: line.root } : line),
  edit: line => chatBox.edit(line),
  remove: line => attempt(() => act('posts/delete', { id: line.id, user: chatBox.user.value })),
  pin: line => attempt(() => act('posts/pin', { id: line.id, pinned: !line.isPinned })),
  react: (line, emoji) => attempt(() => act('reactions', { id: line.id, user: chatBox.user.value, emoji })),
  jump: line => jump('room', line),
}, () => gutter?.draw());
const room = new Log('room', {
  edit: line => roomBox.edit(line),
  remove: line => attempt(() => act('entries/delete', { id: line.id, user: roomBox.user.value })),
  jump: line => jump('chat', line),
}, () => gutter?.draw());
const gutter = new Gutter(chat, room);
const mirrors = new Mirrors(pair => select(pair.channel, pair.incident));
const faults = new Faults();
const calls = new Calls();
const feed = new Feed(receive, showConnection);

const chatBox = new Composer('chat', ({ mode, target, user, text }) =>
  mode === 'edit' ? act('posts/edit', { id: target.id, user, text }) : act('posts', { user, channel: state.channel, text, root: mode === 'reply' ? target.id : undefined }), user => { chat.setUser(user); showHead(); });
const roomBox = new Composer('room', ({ mode, target, user, text }) =>
  mode === 'edit' ? act('entries/edit', { id: target.id, user, text }) : act('entries', { user, incident: state.incident, text, kind: byId('room-kind').value }), user => room.setUser(user));
for (const [box, log] of [[chatBox, chat], [roomBox, room]]) box.onArrowUp = () => { const own = [...log.root.querySelectorAll('.line[data-own]')].at(-1); if (own) box.edit(own.view.line); };

const SAMPLES = { table: '[{"host": "web-1", "verdict": "malicious"}, {"host": "web-2", "verdict": "clean"}]', json: '{"score": 3, "hosts": ["web-1"]}', command: '!ip ip=203.0.113.7', html: '<b>Sender</b>: mallory@example.com' };
byId('room-kind').addEventListener('change', event => {
  const isOurs = !roomBox.text.value || Object.values(SAMPLES).includes(roomBox.text.value);
  if (isOurs) roomBox.text.value = SAMPLES[event.target.value] ?? '';
});

function receive(message) {
  switch (message.type) {
    case 'hello': return greet(message);
    case 'lists': return showLists(message);
    case 'pairs': state.pairs = message.pairs; return showLists(state);
    case 'chat': return showLines(chat, message);
    case 'room': return showLines(room, message);
    case 'faults': return faults.show(message);
    case 'calls': return calls.show(message);
  }
}

function greet(hello) {
  serverIs(hello.now);
  Object.assign(state, { channel: hello.channel, incident: hello.incident, analysts: hello.analysts });
  feed.keep(hello.channel, hello.incident);
  setText(byId('versions'), `Mattermost ${hello.mattermost} · XSOAR ${hello.xsoar} · team ${hello.team}`);
  chat.reset(hello.capacity, [el('p', { class: 'empty-title' }, 'No messages yet'), el('p', {}, 'Choose a user below and write the first message.')]);
  room.reset(hello.capacity, [el('p', { class: 'empty-title' }, 'An empty War Room'), el('p', {}, 'Write as an analyst, or as DBot with the result of a command.')]);
  roomBox.setPeople(state.analysts.map(user => ({ value: user, label: user })), 'admin');
  room.setUser(roomBox.user.value);
}

function showLists(lists) {
  Object.assign(state, { people: lists.people ?? state.people, channels: lists.channels ?? state.channels, incidents: lists.incidents ?? state.incidents });
  const select_ = { channel: state.channel, incident: state.incident };
  showChannels(state.channels, state.channel, new Set(state.pairs.map(it => it.channel)), it => select(it.id, pairOf(it.id)?.incident ?? state.incident));
  showIncidents(state.incidents, state.incident, new Set(state.pairs.map(it => it.incident)), it => select(state.channel, it.id));
  mirrors.show(state.pairs, select_);
  showHead();
}

function showLines(log, { lines, gone }) {
  const crossed = log.apply(lines, gone);
  if (crossed.length) {
    gutter.crossed(crossed);
    const last = crossed.at(-1).line.crossing;
    tell(`${crossed.length === 1 ? 'A message was' : `${crossed.length} messages were`} mirrored after ${duration(last.ms)}.`);
  }
  if (state.jumpTo && log.side === state.jumpTo.side && log.goTo(state.jumpTo.id)) state.jumpTo = null;
}

const pairOf = channel => state.pairs.filter(it => it.channel === channel)[0];
const current = () => [state.channels.find(it => it.id === state.channel), state.incidents.find(it => it.id === state.incident)];

function showHead() {
  const [channel, incident] = current();
  if (channel) {
    setText(byId('chat-title'), channel.title);
    setText(byId('chat-about'), [{ O: 'Public', P: 'Private', D: 'Direct', G: 'Group' }[channel.type] ?? '', `${channel.members.length} members`, channel.isArchived ? 'archived' : ''].filter(Boolean).join(' · '));
    const members = new Set(channel.members);
    chatBox.setPeople(state.people.map(it => ({ value: it.user, label: `${it.name || it.user}${it.isBot ? ' (bot)' : ''}${members.has(it.id) ? '' : ' – not a member'}` })), state.people.find(it => !it.isBot && !it.isAdmin && members.has(it.id))?.user ?? 'admin');
    chat.setUser(chatBox.user.value);
    chatBox.setClosed(channel.isArchived ? 'The channel is archived.' : '');
    const me = state.people.find(it => it.user === chatBox.user.value);
    buttons('chat-tools', [
      me && !members.has(me.id) && !channel.isArchived ? [`Add ${me.user}`, () => act('channels/join', { id: channel.id, user: me.user }), `${me.user} is a member of ${channel.title} now.`] : null,
      'OP'.includes(channel.type) ? channel.isArchived ? ['Restore', () => act('channels/restore', { id: channel.id, user: 'admin' }), `${channel.title} is restored.`] : ['Archive', () => act('channels/archive', { id: channel.id, user: 'admin' }), `${channel.title} is archived.`] : null,
    ]);
  }
  if (incident) {
    setText(byId('room-title'), `#${incident.id} ${incident.name}`);
    setText(byId('room-about'), [incident.type, `owner ${incident.owner}`, { 0: 'pending: no War Room yet', 2: `closed${incident.closeReason ? ` (${incident.closeReason})` : ''}`, 3: 'archived' }[incident.status] ?? ''].filter(Boolean).join(' · '));
    roomBox.setClosed(incident.status === 2 ? 'The investigation is closed.' : incident.status === 0 ? 'The incident has no War Room yet.' : '');
    buttons('room-tools', [incident.status === 2 ? ['Reopen', () => act('incidents/reopen', { id: incident.id }), `#${incident.id} is open again.`] : ['Close', () => act('incidents/close', { id: incident.id, user: roomBox.user.value || 'admin' }), `#${incident.id} is closed.`]]);
  }
  showHint(channel, incident);
}

/** Shows a hint if one side is mirrored, but not with what is shown beside it. */
function showHint(channel, incident) {
  const ours = state.pairs.some(it => it.channel === channel?.id && it.incident === incident?.id);
  const pair = ours ? null : pairOf(channel?.id);
  const other = ours ? null : state.pairs.find(it => it.incident === incident?.id);
  hint('chat-hint', pair && [`Mirrored with #${pair.incident} ${pair.incidentName}. `, 'Show it', () => select(pair.channel, pair.incident)]);
  hint('room-hint', other && [`Mirrored with ${other.channelName}. `, 'Show it', () => select(other.channel, other.incident)]);
}

function hint(id, content) {
  const node = byId(id);
  const key = content ? content[0] : '';
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  node.hidden = !content;
  node.replaceChildren(...content ? [content[0], el('button', { type: 'button', class: 'linkish', onclick: content[2] }, content[1])] : []);
}

function buttons(id, wanted) {
  const all = wanted.filter(Boolean);
  const node = byId(id);
  const key = JSON.stringify([state.channel, state.incident, all.map(it => it[0])]);
  if (node.dataset.key === key) return;
  const focused = node.contains(document.activeElement);
  node.dataset.key = key;
  node.replaceChildren(...all.map(([label, task, done]) => el('button', { type: 'button', class: 'quiet small', onclick: () => attempt(task, done) }, label)));
  if (focused) node.querySelector('button')?.focus();
}

function select(channel, incident) {
  if (channel === state.channel && incident === state.incident) return;
  Object.assign(state, { channel, incident });
  chatBox.cancel();
  roomBox.cancel();
  const [it] = current();
  history.replaceState(null, '', `#${encodeURIComponent(it?.name ?? channel ?? '')}/${encodeURIComponent(incident ?? '')}`);
  showLists(state);
  feed.open(channel, incident);
}

/** Goes to the same message on the other side, wherever that is. */
function jump(side, line) {
  const [id] = line.crossing.peers;
  show(side);
  if ((side === 'room' ? room : chat).goTo(id)) return;
  const pair = side === 'room' ? { channel: state.channel, incident: id.slice(id.lastIndexOf('@') + 1) } : state.pairs.find(it => it.incident === state.incident && it.channel !== state.channel);
  if (!pair || (pair.channel === state.channel && pair.incident === state.incident)) return toast('It is older than those that are shown.', 'bad');
  state.jumpTo = { side, id };
  select(pair.channel, pair.incident);
}

function showConnection(how, seconds) {
  const node = byId('live');
  node.dataset.state = how;
  setText(byId('live-text'), how === 'live' ? 'Live' : how === 'connecting' ? 'Connecting…' : `Disconnected. Next try in ${seconds} s`);
  byId('retry').hidden = how !== 'lost';
  document.body.toggleAttribute('data-lost', how === 'lost');
}

/** On narrow screens one part is shown at a time. */
function show(part) {
  document.body.dataset.view = part;
  for (const tab of document.querySelectorAll('[data-show]')) tab.setAttribute('aria-pressed', String(tab.dataset.show === part));
  gutter.draw();
}

const theme = () => {
  const choice = window.sandboxTheme.next();
  showTheme();
  tell(`Theme: ${choice}`);
};
function showTheme() {
  const choice = document.documentElement.dataset.themeChoice;
  setText(byId('theme-icon'), { light: '☀', dark: '☾', system: '◐' }[choice]);
  byId('theme').setAttribute('aria-label', `Theme: ${choice === 'system' ? 'as the system' : choice}`);
}

byId('theme').addEventListener('click', theme);
byId('retry').addEventListener('click', () => feed.retry());
for (const tab of document.querySelectorAll('[data-show]')) tab.addEventListener('click', () => show(tab.dataset.show));
byId('new-channel').addEventListener('click', () => ask({ title: 'New channel', label: 'Name', ok: 'Create channel', hasPrivate: true }, async (title, isPrivate) => {
  const name = title.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '');
  const user = chatBox.user.value || 'admin';
  select((await act('channels', { user, title, name: name || 'channel', type: isPrivate ? 'P' : 'O' })).id, state.incident);
}));
byId('new-incident').addEventListener('click', () => ask({ title: 'New incident', label: 'Name', ok: 'Create incident' }, async name => select(state.channel, (await act('incidents', { name })).id)));

const focusCurrent = list => (byId(list).querySelector('[aria-current]') ?? byId(list).querySelector('button'))?.focus();
const focus = (id, part) => () => { show(part); byId(id).focus(); };
startKeys({
  c: focus('chat-text', 'chat'), w: focus('room-text', 'room'), m: focus('mirrors', 'dock'), f: focus('faults', 'dock'), l: focus('calls', 'dock'), t: theme,
  k: () => { show('chat'); focusCurrent('channels'); },
  i: () => { show('room'); focusCurrent('incidents'); },
});
for (const link of document.querySelectorAll('.skips a')) link.addEventListener('click', event => {
  event.preventDefault();
  const target = byId(link.hash.slice(1));
  show(target.closest('.dock') ? 'dock' : target.closest('.room') ? 'room' : 'chat');
  target.focus();
});

setInterval(() => { chat.tick(); room.tick(); mirrors.tick(); }, 1000);
showTheme();
const [channel, incident] = location.hash.slice(1).split('/').map(decodeURIComponent);
feed.open(channel, incident);
