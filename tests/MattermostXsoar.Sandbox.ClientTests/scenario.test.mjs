import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { password, Person } from './person.mjs';
import { Sandbox } from './sandbox.mjs';

const team = 'panw';

describe('the REST client', () => {
  let sandbox, admin, user1, user2, teamId, channel;

  before(async () => {
    sandbox = await Sandbox.start();
    [admin, user1, user2] = await Promise.all(['admin', 'user1', 'user2'].map((name) => Person.logIn(sandbox.url, name)));
    teamId = (await admin.rest.getTeamByName(team)).id;
    channel = await user1.rest.createChannel({ team_id: teamId, name: 'client', display_name: 'Client', type: 'O', purpose: 'why', header: 'head' });
  });

  after(() => sandbox.stop());

  it('logs in by username and by e-mail address, and not with a wrong password', async () => {
    assert.equal(user1.profile.username, 'user1');
    assert.equal((await user1.rest.getMe()).id, user1.id);
    const byEmail = new Person(sandbox.url);
    assert.equal((await byEmail.rest.login(user1.profile.email, password)).id, user1.id);
    await assert.rejects(new Person(sandbox.url).rest.login('user1', 'wrong'), { status_code: 401, server_error_id: 'api.user.login.invalid_credentials_email_username' });
  });

  it('loses its session by logging out', async () => {
    const leaving = await Person.logIn(sandbox.url, 'user3');
    const token = leaving.rest.getToken();
    await leaving.rest.logout();
    leaving.rest.setToken(token);
    await assert.rejects(leaving.rest.getMe(), { status_code: 401, server_error_id: 'api.context.session_expired.app_error' });
  });

  it('finds its teams', async () => {
    assert.deepEqual((await user1.rest.getMyTeams()).map((it) => it.name), [team]);
    assert.equal((await user1.rest.getTeam(teamId)).name, team);
    assert.deepEqual((await user1.rest.getMyTeamMembers()).map((it) => it.team_id), [teamId]);
    await assert.rejects(user1.rest.getTeamByName('ghostteam'), { status_code: 404 });
  });

  it('makes, finds, changes, archives and restores a channel', async () => {
    const made = await user1.rest.createChannel({ team_id: teamId, name: 'passing', display_name: 'Passing', type: 'P' });
    assert.equal((await user1.rest.patchChannel(made.id, { header: 'new header', purpose: 'new purpose' })).header, 'new header');
    assert.equal((await user1.rest.getChannelByName(teamId, 'passing')).id, made.id);
    assert.ok((await user1.rest.getMyChannels(teamId)).some((it) => it.id === made.id));
    await assert.rejects(user1.rest.createChannel({ team_id: teamId, name: 'passing', display_name: 'Again', type: 'O' }), { status_code: 400, server_error_id: 'store.sql_channel.save_channel.exists.app_error' });
    await user1.rest.deleteChannel(made.id);
    await assert.rejects(user1.rest.getChannelByName(teamId, 'passing'), { status_code: 404 });
    assert.notEqual((await user1.rest.getChannelByName(teamId, 'passing', true)).delete_at, 0);
    assert.equal((await admin.rest.unarchiveChannel(made.id)).delete_at, 0);
  });

  it('adds a member, makes them an administrator and takes them out', async () => {
    await user1.rest.addToChannel(user2.id, channel.id);
    assert.deepEqual((await user1.rest.getChannelMembers(channel.id)).map((it) => it.user_id).sort(), [user1.id, user2.id].sort());
    await admin.rest.updateChannelMemberSchemeRoles(channel.id, user2.id, true, true);
    assert.equal((await user1.rest.getChannelMember(channel.id, user2.id)).scheme_admin, true);
    assert.equal((await user1.rest.getChannelStats(channel.id)).member_count, 2);
    await user1.rest.removeFromChannel(user2.id, channel.id);
    await assert.rejects(user1.rest.getChannelMember(channel.id, user2.id), { status_code: 404 });
  });

  it('posts, replies, edits, pins and deletes', async () => {
    const root = await user1.rest.createPost({ channel_id: channel.id, message: 'first' });
    const reply = await user1.rest.createPost({ channel_id: channel.id, root_id: root.id, message: 'reply' });
    const thread = await user1.rest.getPostThread(root.id);
    assert.deepEqual([...new Set(thread.order)].sort(), [root.id, reply.id].sort());
    assert.equal(thread.posts[reply.id].root_id, root.id);
    const edited = await user1.rest.patchPost({ id: reply.id, message: 'better reply' });
    assert.equal(edited.message, 'better reply');
    assert.ok(edited.edit_at >= edited.create_at);
    await user1.rest.pinPost(root.id);
    assert.equal((await user1.rest.getPost(root.id)).is_pinned, true);
    await user1.rest.deletePost(root.id);
    await assert.rejects(user1.rest.getPost(root.id), { status_code: 404 });
    const left = await user1.rest.getPosts(channel.id);
    assert.ok(!left.order.includes(root.id) && !left.order.includes(reply.id));
  });

  it('lists the posts of a channel and those since a time', async () => {
    const sent = [];
    for (let i = 0; i < 5; i++)
      sent.push(await user1.rest.createPost({ channel_id: channel.id, message: `line ${i}` }));
    const page = await user1.rest.getPosts(channel.id, 0, 3);
    assert.deepEqual(page.order.map((id) => page.posts[id].message), ['line 4', 'line 3', 'line 2']);
    const since = await user1.rest.getPostsSince(channel.id, sent[2].create_at);
    assert.ok(sent.slice(3).every((post) => since.order.includes(post.id)));
  });

  it('uploads files, posts them and downloads them again', async () => {
    const form = new FormData();
    form.append('channel_id', channel.id);
    form.append('client_ids', 'one');
    form.append('files', new Blob(['hello file\n'], { type: 'text/plain' }), 'report.txt');
    const { file_infos: [info], client_ids: clientIds } = await user1.rest.uploadFile(form);
    assert.deepEqual(clientIds, ['one']);
    const post = await user1.rest.createPost({ channel_id: channel.id, message: 'with a file', file_ids: [info.id] });
    assert.deepEqual((await user1.rest.getFileInfosForPost(post.id)).map((it) => it.name), ['report.txt']);
    const download = await fetch(user1.rest.getFileUrl(info.id, 0), { headers: { Authorization: `Bearer ${user1.rest.getToken()}` } });
    assert.equal(await download.text(), 'hello file\n');
  });

  it('adds, lists and removes reactions', async () => {
    const post = await user1.rest.createPost({ channel_id: channel.id, message: 'react' });
    await user1.rest.addReaction(user1.id, post.id, 'tada');
    await admin.rest.addReaction(admin.id, post.id, 'tada');
    assert.deepEqual((await user1.rest.getReactionsForPost(post.id)).map((it) => it.emoji_name), ['tada', 'tada']);
    await user1.rest.removeReaction(user1.id, post.id, 'tada');
    assert.deepEqual((await user1.rest.getReactionsForPost(post.id)).map((it) => it.user_id), [admin.id]);
  });

  it('finds people by id, name, e-mail address and channel, and their status', async () => {
    assert.deepEqual((await user1.rest.getProfilesByIds([user1.id, user2.id])).map((it) => it.username), ['user1', 'user2']);
    assert.deepEqual((await user1.rest.getProfilesByUsernames(['user2', 'user1'])).map((it) => it.username), ['user1', 'user2']);
    assert.equal((await user1.rest.getUserByUsername('user2')).id, user2.id);
    assert.equal((await admin.rest.getUserByEmail(user2.profile.email)).id, user2.id);
    assert.deepEqual((await user1.rest.getProfilesInChannel(channel.id)).map((it) => it.username), ['user1']);
    assert.deepEqual((await user1.rest.getStatusesByIds([user2.id])).map((it) => it.user_id), [user2.id]);
    assert.ok((await user1.rest.searchUsers('user2', { team_id: teamId })).some((it) => it.id === user2.id));
  });

  it('talks in direct and group messages', async () => {
    const direct = await user1.rest.createDirectChannel([user1.id, user2.id]);
    assert.equal(direct.type, 'D');
    assert.equal((await user2.rest.createDirectChannel([user2.id, user1.id])).id, direct.id);
    await user2.rest.createPost({ channel_id: direct.id, message: 'between us' });
    await assert.rejects((await Person.logIn(sandbox.url, 'user3')).rest.getPosts(direct.id), { status_code: 403 });
    assert.equal((await user1.rest.createGroupChannel([admin.id, user2.id])).type, 'G');
  });

  it('says what a member may not do', async () => {
    const secret = await admin.rest.createChannel({ team_id: teamId, name: 'closed', display_name: 'Closed', type: 'P' });
    await assert.rejects(user1.rest.getChannel(secret.id), { status_code: 403, server_error_id: 'api.context.permissions.app_error' });
    await assert.rejects(user1.rest.createPost({ channel_id: secret.id, message: 'no' }), { status_code: 403 });
  });
});

describe('the websocket client', () => {
  let sandbox, admin, user1, user2, channelId;

  before(async () => {
    sandbox = await Sandbox.start('--reliable');
    [admin, user1, user2] = await Promise.all(['admin', 'user1', 'user2'].map((name) => Person.logIn(sandbox.url, name)));
    const teamId = (await admin.rest.getTeamByName(team)).id;
    channelId = (await admin.rest.getChannelByName(teamId, 'test')).id;
  });

  after(() => sandbox.stop());

  it('hears what happens, in order', async () => {
    const listener = await user2.listen();
    const post = await user1.rest.createPost({ channel_id: channelId, message: 'heard' });
    await user1.rest.patchPost({ id: post.id, message: 'heard better' });
    await user1.rest.addReaction(user1.id, post.id, 'ear');
    await user1.rest.removeReaction(user1.id, post.id, 'ear');
    await user1.rest.deletePost(post.id);
    await listener.until((it) => it.events.some((event) => event.event === 'post_deleted'), 'the end of the post');
    const names = listener.events.map((event) => event.event).filter((name) => /^post|^reaction/.test(name));
    assert.deepEqual(names, ['posted', 'post_edited', 'reaction_added', 'reaction_removed', 'post_deleted']);
    assert.deepEqual(listener.events.map((event) => event.seq), listener.events.map((_, at) => at));
    listener.close();
  });

  it('asks and is answered', async () => {
    const listener = await user2.listen();
    const statuses = await new Promise((resolve) => listener.socket.getStatuses(resolve));
    assert.equal(statuses.status, 'OK');
    assert.equal(statuses.data[user2.id], 'online');
    const other = await user1.listen();
    other.socket.userTyping(channelId, '', () => {});
    assert.equal((await listener.next('typing')).data.user_id, user1.id);
    listener.close();
    other.close();
  });

  it('goes on after a cut connection with nothing missed and nothing doubled', async () => {
    const listener = await user2.listen({ retry: 300 });
    const expected = [];
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 20; i++) {
        expected.push(`round ${round}, line ${i}`);
        await user1.rest.createPost({ channel_id: channelId, message: expected.at(-1) });
        if (i === 10)
          await sandbox.cut();
      }
      await listener.until((it) => it.messages.length >= expected.length, `line ${expected.length}`);
    }
    assert.deepEqual(listener.messages, expected);
    assert.equal(listener.reconnects, 5);
    assert.equal(listener.missed, 0);
    listener.close();
  });

  it('is told when it was away for more than the server keeps', async () => {
    const listener = await user2.listen();
    listener.close();
    for (let i = 0; i < 300; i++)
      await user1.rest.createPost({ channel_id: channelId, message: `unheard ${i}` });
    listener.socket.initialize(user2.rest.getWebSocketUrl().replace(/^http/, 'ws'), user2.rest.getToken());
    await listener.until((it) => it.missed > 0, 'word of the loss');
    await user1.rest.createPost({ channel_id: channelId, message: 'heard again' });
    await listener.until((it) => it.messages.includes('heard again'), 'the line after the loss');
    listener.close();
  });

  it('is told so too when its token did not go with the upgrade', async () => {
    const listener = await user2.listen({ upgrade: false, retry: 300 });
    await sandbox.cut();
    await listener.until((it) => it.missed > 0, 'word of the loss');
    assert.equal(listener.events.filter((event) => event.event === 'hello').length, 2);
    listener.close();
  });
});
