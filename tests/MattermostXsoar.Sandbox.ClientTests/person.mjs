import mattermost from '@mattermost/client';
import { WebSocket } from 'ws';
import { Listener } from './listener.mjs';

const { Client4, WebSocketClient } = mattermost;

// The client's socket needs the browser's names; Node has had them only since version 22.
globalThis.WebSocket ??= WebSocket;
globalThis.CloseEvent ??= class CloseEvent extends Event {
  constructor(type, init) {
    super(type);
    Object.assign(this, init);
  }
};

/** The password of everybody whom the sandbox has at its start. */
export const password = 'sandbox-password';

/** Somebody who has logged in. */
export class Person {
  constructor(url) {
    this.url = url;
    this.rest = new Client4();
    this.rest.setUrl(url);
    this.rest.setIncludeCookies(false);
  }

  static async logIn(url, name) {
    const person = new Person(url);
    person.profile = await person.rest.login(name, password);
    return person;
  }

  get id() {
    return this.profile.id;
  }

  /**
   * Listens with the client's own socket. With `upgrade` the token goes with the upgrade request, as a browser's cookie does:
   * only then does a server resume a connection.
   */
  async listen({ upgrade = true, retry = 1000 } = {}) {
    const headers = upgrade ? { Authorization: `Bearer ${this.rest.getToken()}` } : {};
    const socket = new WebSocketClient({
      minWebSocketRetryTime: retry,
      reconnectJitterRange: 0,
      newWebSocketFn: (url) => new WebSocket(url, { headers }),
    });
    const listener = new Listener(socket);
    socket.initialize(this.rest.getWebSocketUrl().replace(/^http/, 'ws'), this.rest.getToken());
    await listener.next('hello');
    return listener;
  }
}
