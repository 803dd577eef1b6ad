// The box in which a person writes: a new message or entry, a reply, or a new text for one of their own.
import { byId, el, keyed, setText } from './dom.js';

export class Composer {
  #mode = 'new';
  #target = null;
  #kept = '';

  /** @param side 'chat' or 'room'; @param submit sends {mode, target, user, text}; @param onUser is called with the chosen user. */
  constructor(side, submit, onUser) {
    for (const part of ['form', 'text', 'user', 'mode', 'refusal', 'send']) this[part] = byId(`${side}-${part}`);
    this.side = side;
    this.modeText = byId(`${side}-mode-text`);
    this.invitation = this.text.placeholder;
    this.submit = submit;
    this.form.addEventListener('submit', event => { event.preventDefault(); this.#send(); });
    this.text.addEventListener('keydown', event => this.#key(event));
    this.text.addEventListener('input', () => { this.#refuse(''); this.#grow(); });
    this.user.addEventListener('change', () => { this.#refuse(''); onUser(this.user.value); });
    byId(`${side}-cancel`).addEventListener('click', () => this.cancel());
  }

  /** Fills the choice of people: {value, label, isOut}. */
  setPeople(people, preferred) {
    const before = this.user.value || preferred;
    keyed(this.user, people, it => it.value, it => el('option', { value: it.value }), (node, it) => setText(node, it.label));
    this.user.value = people.some(it => it.value === before) ? before : people[0]?.value ?? '';
  }

  reply(line) {
    this.#begin('reply', line, `Replying to ${line.name || line.user}: ${line.text.replaceAll('\n', ' ').slice(0, 60)}`);
  }

  edit(line) {
    this.#begin('edit', line, this.side === 'chat' ? 'Editing a message' : 'Editing an entry');
    this.text.value = line.text;
    this.#grow();
  }

  cancel() {
    if (this.#mode === 'new') return;
    const wasEdit = this.#mode === 'edit';
    this.#mode = 'new';
    this.#target = null;
    this.mode.hidden = true;
    // What was in the box before the edit replaced it.
    if (wasEdit) this.text.value = this.#kept;
    this.#kept = '';
    this.send.textContent = 'Send';
    this.#refuse('');
    this.#grow();
    this.text.focus();
  }

  /** Shows why nothing can be written, or enables the box again. */
  setClosed(reason) {
    this.text.disabled = this.send.disabled = reason !== '';
    this.text.placeholder = reason || this.invitation;
  }

  #begin(mode, line, text) {
    if (this.#mode !== 'edit') this.#kept = this.text.value;
    this.#mode = mode;
    this.#target = line;
    this.modeText.textContent = text;
    this.mode.hidden = false;
    this.send.textContent = mode === 'edit' ? 'Save' : 'Reply';
    this.#refuse('');
    this.text.focus();
  }

  async #send() {
    const text = this.text.value.replace(/\s+$/, '');
    if (!text) return this.#refuse('Write something first.');
    const sent = { mode: this.#mode, target: this.#target, user: this.user.value, text };
    this.text.value = '';
    this.#grow();
    try {
      await this.submit(sent);
      if (this.#target === sent.target) this.cancel();
    } catch (error) {
      // The text is not lost: it is put back into the box, unless something newer was typed.
      if (!this.text.value) this.text.value = text;
      this.#grow();
      this.#refuse(error.message);
    }
  }

  #refuse(message) {
    this.refusal.hidden = message === '';
    setText(this.refusal, message);
    this.text.setAttribute('aria-invalid', String(message !== ''));
  }

  #grow() {
    this.text.style.height = 'auto';
    this.text.style.height = `${Math.min(220, this.text.scrollHeight + 2)}px`;
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === 'Escape' && this.#mode !== 'new') {
      event.stopPropagation();
      this.cancel();
    } else if (event.key === 'ArrowUp' && !this.text.value && this.onArrowUp) {
      event.preventDefault();
      this.onArrowUp();
    }
  }
}
