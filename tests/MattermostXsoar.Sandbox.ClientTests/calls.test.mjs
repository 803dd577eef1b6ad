import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { calls } from './calls.mjs';
import { Person } from './person.mjs';
import { Sandbox } from './sandbox.mjs';

const folder = new URL('../recorded/mattermost-11/', import.meta.url);
const route = (method, path) => `${method} ${path.split('?')[0].replace(/(?<=[/])[a-z0-9]{26}(?=[/]|$)/g, '{}')}`;

/** What a real 11.6 answered, by the call. */
const recorded = new Map();
for (const file of readdirSync(folder).filter((name) => /^rest-.*\.json$/.test(name))) {
  const { request, status, body } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  const key = route(request.method, request.path);
  if (status < 300)
    recorded.set(key, [...(recorded.get(key) ?? []), body]);
}

/** What a server leaves out where there is nothing to say; no user of the recordings had a verified address. */
const optional = new Set(['email_verified', 'description', 'props']);

const kind = (value) => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);

/** The ways in which an answer has another shape than each of the recorded ones; a list or a null has none of its own. */
function differences(answer, samples, where = '') {
  const kinds = new Set(samples.map(kind));
  if (!kinds.has(kind(answer)) && !kinds.has('null') && answer !== null)
    return [`${where || 'it'} is a ${kind(answer)}, not ${[...kinds].join(' or ')}`];
  if (kind(answer) === 'list')
    return answer.slice(0, 1).flatMap((it) => {
      const items = samples.filter(Array.isArray).flat();
      return items.length > 0 ? differences(it, items, `${where}[]`) : [];
    });
  const objects = samples.filter((it) => kind(it) === 'object');
  if (kind(answer) !== 'object' || objects.length === 0)
    return [];
  const always = Object.keys(objects[0]).filter((key) => objects.every((it) => key in it));
  // Maps by ids, as of posts, have no names to compare.
  if (Object.keys(answer).some((key) => /^[a-z0-9]{26}$/.test(key)))
    return [];
  return [
    ...always.filter((key) => !(key in answer) && !optional.has(key) && !/^[a-z0-9]{26}$/.test(key)).map((key) => `${where}.${key} is missing`),
    ...Object.keys(answer).flatMap((key) => {
      const values = objects.filter((it) => key in it).map((it) => it[key]);
      return values.length > 0 ? differences(answer[key], values, `${where}.${key}`) : optional.has(key) ? [] : [`${where}.${key} is not known`];
    }),
  ];
}

it('at least 150 of its calls get an answer of the real shape', async () => {
  const sandbox = await Sandbox.start();
  let last;
  const real = globalThis.fetch;
  globalThis.fetch = async (url, options) => {
    const answer = await real(url, options);
    const path = new URL(url, sandbox.url);
    const text = await answer.clone().text();
    last = { key: route(options?.method?.toUpperCase() ?? 'GET', path.pathname), status: answer.status, text };
    return answer;
  };
  try {
    const [admin, user] = await Promise.all(['admin', 'user1'].map((name) => Person.logIn(sandbox.url, name)));
    const c = { rest: admin.rest, other: user.rest, user: user.profile, me: admin.profile };
    c.third = await c.rest.getUserByUsername('user3');
    c.team = await c.rest.getTeamByName('panw');
    c.channel = await c.rest.getChannelByName(c.team.id, 'test');
    const [good, wrong] = [[], []];
    for (const [name, call] of Object.entries(calls)) {
      last = undefined;
      const error = await Promise.resolve(c).then(call).then(() => undefined, (it) => it);
      const samples = recorded.get(last?.key) ?? [];
      const body = (() => { try { return JSON.parse(last.text); } catch { return last?.text; } })();
      const found = error ? [`${last?.key} ${last?.status ?? ''} ${error.message}`] : samples.length > 0 ? differences(body, samples) : [];
      (found.length === 0 ? good : wrong).push(`${name}: ${found.slice(0, 3).join('; ')}${samples.length === 0 ? ' (not recorded)' : ''}`);
    }
    console.log(`${good.length} of ${good.length + wrong.length} calls got an answer of the real shape; the others:\n${wrong.join('\n')}`);
    if (process.env.SHOW_UNRECORDED) console.log(good.filter((it) => it.endsWith('(not recorded)')).join('\n'));
    assert.ok(good.length >= 150, `${good.length}`);
  } finally {
    globalThis.fetch = real;
    await sandbox.stop();
  }
});
