// Keyboard shortcuts. Single keys count only outside of text boxes and can be switched off (WCAG 2.1.4).
import { byId, el } from './dom.js';

const LIST = [
  ['Anywhere but in a text box', [['C', 'write to the channel'], ['W', 'write into the War Room'], ['K', 'choose a channel'], ['I', 'choose an incident'], ['M', 'mirrors'], ['F', 'faults'], ['L', 'recent calls'], ['T', 'change the theme'], ['?', 'this list']]],
  ['In a text box', [['Enter or Ctrl+Enter', 'send'], ['Shift+Enter', 'new line'], ['↑ in an empty box', 'edit your last message or entry'], ['Esc', 'leave the reply or edit, then the box']]],
  ['In a list of messages or entries', [['↑ ↓ Home End', 'to the previous, next, first, last'], ['Enter or X', 'to the same message on the other side'], ['R', 'reply'], ['A', 'react'], ['P', 'pin or unpin'], ['E', 'edit your own message'], ['Del', 'delete your own message'], ['Tab', 'to the buttons of the message']]],
];

const stored = () => { try { return localStorage.getItem('sandbox.keys') !== 'off'; } catch { return true; } };

export function startKeys(actions) {
  const help = byId('help');
  const on = byId('keys-on');
  byId('help-body').append(...LIST.map(([title, keys]) => el('section', {}, el('h3', {}, title), el('dl', {}, keys.map(([key, what]) => el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, what)))))));
  on.checked = stored();
  on.addEventListener('change', () => { try { localStorage.setItem('sandbox.keys', on.checked ? 'on' : 'off'); } catch { /* it lasts until the page is closed */ } });
  const open = () => { if (!help.open) help.showModal(); };
  byId('help-open').addEventListener('click', open);
  byId('help-close').addEventListener('click', () => help.close());

  const go = { ...actions, '?': open };
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return;
    const isWriting = event.target.closest?.('input:not([type=checkbox]), textarea, select');
    if (isWriting) {
      if (event.key === 'Escape') {
        const log = event.target.closest('.side')?.querySelector('.log');
        log ? log.focus() : event.target.blur();
      }
      return;
    }
    const act = on.checked && go[event.key.length === 1 ? event.key.toLowerCase() : ''];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
