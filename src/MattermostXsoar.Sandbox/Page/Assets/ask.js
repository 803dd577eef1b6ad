// The dialog that asks for a name.
import { byId } from './dom.js';

let submit = null;

/** @param question {title, label, ok, hasPrivate}; @param onName gets the name and whether it is private, and may refuse with an Error. */
export function ask({ title, label, ok, hasPrivate }, onName) {
  byId('ask-title').textContent = title;
  byId('ask-label').textContent = label;
  byId('ask-ok').textContent = ok;
  byId('ask-private-row').hidden = !hasPrivate;
  byId('ask-name').value = '';
  byId('ask-private').checked = false;
  refuse('');
  submit = onName;
  byId('ask').showModal();
}

function refuse(message) {
  byId('ask-refusal').textContent = message;
  byId('ask-refusal').hidden = message === '';
}

byId('ask-cancel').addEventListener('click', () => byId('ask').close());
byId('ask-form').addEventListener('submit', async event => {
  event.preventDefault();
  const name = byId('ask-name').value.trim();
  if (!name) return refuse('Give it a name.');
  try {
    await submit(name, byId('ask-private').checked);
    byId('ask').close();
  } catch (error) {
    refuse(error.message);
  }
});
