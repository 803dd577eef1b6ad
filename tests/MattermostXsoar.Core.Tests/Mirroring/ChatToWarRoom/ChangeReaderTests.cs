using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.ChatToWarRoom;
using MattermostXsoar.Core.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.ChatToWarRoom;

public sealed class ChangeReaderTests : IAsyncDisposable
{
    // The server's list of changes ends there.
    private const int Limit = 1000;

    // In seconds: where the reading begins, long after the look-back.
    private const int Since = 10_000;

    private readonly TestMirror _mirror = new(new FakeTimeProvider(TestMirror.Start.AddDays(1)));
    private readonly ScriptedChannel _channel;
    private readonly ChangeReader _reader;

    public ChangeReaderTests()
    {
        _channel = new ScriptedChannel(_mirror.Record);
        _reader = new ChangeReader(_channel.Access, _mirror.Store, _mirror.Runtime, _mirror.Record);
    }

    private IEnumerable<string> Lists => _channel.Requests.Select(request => request[(request.IndexOf('?') + 1)..]);

    private static long LookBack => (long)TestMirror.Options.ChatLookBack.TotalMilliseconds;

    public async ValueTask DisposeAsync()
    {
        _mirror.Dispose();
        await _channel.DisposeAsync();
    }

    [Fact]
    public async Task Edits_and_deletions_come_in_the_order_in_which_they_happened()
    {
        foreach (var id in new[] { "edited late", "deleted", "edited early", "pinned" })
            _channel.Add(id, Since);
        _channel.Add("new", Since + 50);
        _channel.Edit("edited late", Since + 30);
        _channel.Delete("deleted", Since + 20);
        _channel.Edit("edited early", Since + 10);
        _channel.Touch("pinned", Since + 40);

        var (changes, upTo, all) = await ReadAsync();
        // A pin or a reaction moves only the time of the update, and so does being written; the store knows what is new.
        Assert.Equal(
            ["Updated edited early", "Deleted deleted", "Updated edited late", "Updated pinned", "Updated new"],
            Names(changes)
        );
        Assert.Equal(ScriptedChannel.At(Since + 50), upTo);
        Assert.Equal(5, all?.Ascending.Count);
        // Of a server whose clock was set back, changes come at times that were read already.
        Assert.Equal([$"since={ScriptedChannel.At(Since) - LookBack}"], Lists);
    }

    [Fact]
    public async Task Where_nothing_changed_everything_is_known_up_to_where_the_reading_began()
    {
        var (changes, upTo, all) = await ReadAsync();
        Assert.Empty(changes);
        Assert.Equal(ScriptedChannel.At(Since), upTo);
        Assert.Empty(all!.Posts);
    }

    [Fact]
    public async Task The_time_to_begin_at_is_never_before_all_times()
    {
        await _reader.ReadAsync(5, CancellationToken.None);
        Assert.Equal(["since=1"], Lists);
    }

    [Fact]
    public async Task A_reply_deleted_with_its_mirrored_root_is_not_reported_itself()
    {
        await MirrorAsync("root", "reply");
        _channel.Add("root", Since);
        _channel.Add("reply", Since + 1, rootId: "root");
        _channel.Delete("root", Since + 10);
        _channel.Delete("reply", Since + 10);
        Assert.Equal(["Deleted root"], Names((await ReadAsync()).Changes));
    }

    [Fact]
    public async Task A_reply_whose_root_is_not_mirrored_is_reported_itself()
    {
        await MirrorAsync("reply");
        _channel.Add("root", Since, user: "bot");
        _channel.Add("reply", Since + 1, rootId: "root");
        _channel.Delete("root", Since + 10);
        _channel.Delete("reply", Since + 10);
        Assert.Equal(["Deleted reply", "Deleted root"], Names((await ReadAsync()).Changes).Order());
    }

    [Fact]
    public async Task A_reply_that_was_deleted_before_its_root_is_reported_itself()
    {
        await MirrorAsync("root", "reply");
        _channel.Add("root", Since);
        _channel.Add("reply", Since + 1, rootId: "root");
        _channel.Delete("reply", Since + 9);
        _channel.Delete("root", Since + 10);
        Assert.Equal(["Deleted reply", "Deleted root"], Names((await ReadAsync()).Changes));
    }

    [Fact]
    public async Task A_deleted_reply_whose_root_is_not_listed_is_reported_itself()
    {
        await MirrorAsync("root", "reply");
        _channel.Add("reply", Since + 1, rootId: "root");
        _channel.Delete("reply", Since + 10);
        Assert.Equal(["Deleted reply"], Names((await ReadAsync()).Changes));
    }

    [Theory]
    [InlineData(Limit - 1, true)]
    [InlineData(Limit, false)]
    public async Task A_list_that_may_be_cut_is_asked_for_again_without_the_look_back(int before, bool isWhole)
    {
        for (var i = 0; i < before - 1; i++)
            _channel.Add($"before {i}", Since - 100);
        _channel.Add("edited", Since - 100);
        _channel.Edit("edited", Since + 10);

        var (changes, upTo, all) = await ReadAsync();
        Assert.Equal(["Updated edited"], Names(changes.Where(change => change.Post.EditAtMs > 0)));
        Assert.Equal(ScriptedChannel.At(Since + 10), upTo);
        Assert.Equal(isWhole, all is not null);
        var expected = new List<string> { $"since={ScriptedChannel.At(Since) - LookBack}" };
        if (!isWhole)
            expected.Add($"since={ScriptedChannel.At(Since)}");
        Assert.Equal(expected, Lists);
    }

    [Fact]
    public async Task When_the_changes_themselves_may_be_cut_what_was_mirrored_is_compared_with_the_channel()
    {
        var known = new[] { "same", "edited", "gone", "purged", "hidden", "seen edit" };
        foreach (var (id, i) in known.Select((id, i) => (id, i)))
            _channel.Add(id, i);
        await MirrorAsync([.. known.Select(id => Known(id) with { Version = id == "seen edit" ? EditedAt : 0 })]);
        _channel.Edit("edited", Since + 1);
        _channel.Edit("seen edit", Since + 1);
        _channel.Delete("gone", Since + 2);
        _channel.Purge("purged");
        // It is missing from the pages, for others were deleted while they were read; but it exists.
        _channel.Hidden.Add("hidden");
        // More changes than the server lists, all of newer posts: which it leaves out, it does not report.
        for (var i = 0; i < Limit; i++)
            _channel.Add($"new {i}", Since + 10 + (i / 100.0));

        var (changes, upTo, all) = await ReadAsync();
        // Of those that are there the store knows which are other than what was mirrored, pins and reactions included.
        Assert.Equal(
            ["Deleted gone", "Deleted purged", "Updated edited", "Updated same", "Updated seen edit"],
            Names(changes).Where(name => !name.Contains(" new ", StringComparison.Ordinal)).Order()
        );
        Assert.Equal(ScriptedChannel.At(Since + 10 + ((Limit - 1) / 100.0)), upTo);
        Assert.Null(all);
        Assert.All(changes, change => Assert.Equal(_mirror.Record.ChannelId, change.Post.ChannelId));
    }

    [Fact]
    public async Task Where_nothing_was_mirrored_there_is_nothing_to_compare()
    {
        for (var i = 0; i < Limit; i++)
            _channel.Add($"new {i}", Since + 10);
        Assert.Equal(Limit, (await ReadAsync()).Changes.Count);
        Assert.Equal(2, Lists.Count());
    }

    private static long EditedAt => ScriptedChannel.At(Since + 1);

    private static IEnumerable<string> Names(IEnumerable<PostEvent> changes) =>
        changes.Select(change => $"{change.Kind} {change.Post.Id}");

    private Task<(List<PostEvent> Changes, long UpTo, PostList? All)> ReadAsync() =>
        _reader.ReadAsync(ScriptedChannel.At(Since), CancellationToken.None);

    private Task MirrorAsync(params string[] postIds) => MirrorAsync([.. postIds.Select(Known)]);

    private async Task MirrorAsync(IReadOnlyList<DeliveryRecord> deliveries) =>
        await _mirror.Store.RecordAsync(_mirror.Record.Id, deliveries, default);

    private DeliveryRecord Known(string postId) =>
        new()
        {
            MirrorId = _mirror.Record.Id,
            Direction = DeliveryDirection.ChatToWarRoom,
            SourceId = postId,
            SourceAt = ScriptedChannel.At(0),
            Payload = "{}",
        };
}
