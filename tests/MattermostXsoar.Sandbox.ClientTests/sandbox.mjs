import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../src/MattermostXsoar.Sandbox/bin/Debug/net10.0/MattermostXsoar.Sandbox.dll', import.meta.url));

/** The sandbox program in a process of its own, on free ports. */
export class Sandbox {
  #process;

  /** The address of its Mattermost, without a slash at the end. */
  url;

  static async start(...options) {
    const sandbox = new Sandbox();
    await sandbox.#start(options);
    return sandbox;
  }

  /** Every websocket dies without a close frame. */
  async cut() {
    await this.#admin('cut');
  }

  async stop() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await ended;
  }

  async #start(options) {
    const program = process.env.SANDBOX_PROGRAM ?? built;
    this.#process = spawn('dotnet', [program, '--port', '0', '--xsoar-port', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = new Promise((_, reject) => {
      this.#process.once('error', reject);
      this.#process.once('exit', (code) => reject(new Error(`${program} ended with ${code} before it said where it listens`)));
    });
    exited.catch(() => {});
    this.url = await Promise.race([exited, this.#address()]);
  }

  async #address() {
    for await (const line of createInterface({ input: this.#process.stdout })) {
      const address = /^Mattermost\b.*?(http:\/\/127\.0\.0\.1:\d+)/.exec(line);
      if (address) {
        this.#process.stdout.resume();
        return address[1];
      }
    }
    throw new Error('the sandbox did not say where its Mattermost listens');
  }

  async #admin(what) {
    const answer = await fetch(`${this.url}/sandbox/${what}`, { method: 'POST' });
    if (!answer.ok)
      throw new Error(`POST /sandbox/${what}: ${answer.status} ${await answer.text()}`);
  }
}
