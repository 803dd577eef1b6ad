const patience = 20_000;

/** Collects what a socket of the client hands out. */
export class Listener {
  #taken = 0;
  #waiting = null;

  constructor(socket) {
    this.socket = socket;
    /** Every event so far, in the order in which it came. */
    this.events = [];
    /** How often the client was told that events are lost for good. */
    this.missed = 0;
    /** How often it connected again by itself. */
    this.reconnects = 0;
    socket.addMessageListener((message) => {
      this.events.push(message);
      this.#waiting?.();
    });
    socket.addMissedMessageListener(() => this.missed++);
    socket.addReconnectListener(() => this.reconnects++);
  }

  /** The posts that came, as their texts; what the server writes itself left out. */
  get messages() {
    return this.events.filter((event) => event.event === 'posted').map((event) => JSON.parse(event.data.post)).filter((post) => post.type === '').map((post) => post.message);
  }

  /** The next event of a name; those before it are passed over. */
  async next(name) {
    const deadline = Date.now() + patience;
    for (;;) {
      while (this.#taken < this.events.length) {
        const event = this.events[this.#taken++];
        if (event.event === name)
          return event;
      }
      await this.#more(deadline, `an event ${name}`);
    }
  }

  /** Waits until a condition holds; it is tried after every event. */
  async until(condition, what) {
    const deadline = Date.now() + patience;
    while (!condition(this))
      await this.#more(deadline, what);
  }

  close() {
    this.socket.close();
  }

  #more(deadline, what) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what} did not come; what came: ${this.events.map((event) => event.event).join(', ')}`)), deadline - Date.now());
      this.#waiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
