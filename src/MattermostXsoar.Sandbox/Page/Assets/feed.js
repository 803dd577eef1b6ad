// The live feed: server-sent events over a connection that is monitored, re-established, and reports its state.
const SILENCE = 15_000; // three of the server's heartbeats

export class Feed {
  #source = null;
  #timer = 0;
  #watch = 0;
  #tries = 0;
  #query = '';

  /** @param onMessage gets each message; @param onState gets 'connecting', 'live' or 'lost', and for the last the seconds to the next try. */
  constructor(onMessage, onState) {
    this.onMessage = onMessage;
    this.onState = onState;
  }

  /** Opens another channel and incident; null leaves the choice to the server. */
  open(channel, incident) {
    this.keep(channel, incident);
    this.#tries = 0;
    this.#connect();
  }

  /** What to open after a reconnection: what the server chose before, not what it would choose then. */
  keep(channel, incident) {
    const query = new URLSearchParams();
    if (channel) query.set('channel', channel);
    if (incident) query.set('incident', incident);
    this.#query = query.toString();
  }

  retry() {
    this.#connect();
  }

  #connect() {
    this.#drop();
    if (this.#tries === 0) this.onState('connecting');
    const source = new EventSource(`/sandbox/live?${this.#query}`);
    this.#source = source;
    source.onmessage = event => {
      if (source !== this.#source) return;
      this.#tries = 0;
      this.onState('live');
      this.#listen();
      this.onMessage(JSON.parse(event.data));
    };
    source.onerror = () => { if (source === this.#source) this.#lost(); };
    this.#listen();
  }

  /** A frozen connection reports no error, so silence counts as one. */
  #listen() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), SILENCE);
  }

  #lost() {
    this.#drop();
    this.#tries++;
    let left = Math.min(5, 2 ** (this.#tries - 1) / 2);
    const count = () => {
      if (left <= 0) return this.#connect();
      this.onState('lost', Math.ceil(left));
      const step = Math.min(1, left);
      left -= step;
      this.#timer = setTimeout(count, step * 1000);
    };
    count();
  }

  #drop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#source?.close();
    this.#source = null;
  }
}
