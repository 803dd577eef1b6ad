using MattermostXsoar.Core.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

/// <summary>The messages to the bot in the store.</summary>
public sealed class HandledMessageTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly StateStore _store;

    public HandledMessageTableTests() => _store = StateStore.Open(_folder.File("state.db"), "bot", _time);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_message_is_recorded_once_and_handled_in_the_order_of_writing()
    {
        Assert.Equal(2, await _store.Messages.RecordAsync([Message("b", 2), Message("a", 1)]));
        Assert.Equal(1, await _store.Messages.RecordAsync([Message("a", 1) with { Text = "again" }, Message("c", 3)]));

        var first = _store.Messages.ReadNext()!;
        Assert.Equal(("a", "text of a"), (first.PostId, first.Text));
        await _store.Messages.SaveAsync(first with { State = HandledMessageState.Acting, Plan = "plan" });
        Assert.Equal(first with { State = HandledMessageState.Acting, Plan = "plan" }, _store.Messages.ReadNext());
        await _store.Messages.SaveAsync(first with { State = HandledMessageState.Done, Reply = "done" });
        Assert.Equal("b", _store.Messages.ReadNext()?.PostId);
        Assert.True(_store.Messages.Has("a"));
    }

    [Fact]
    public async Task Of_a_message_that_is_done_only_its_id_is_kept_and_that_for_a_time()
    {
        await _store.Messages.RecordAsync([Message("a", 1), Message("open", 2)]);
        await _store.Messages.SaveAsync(
            Message("a", 1) with
            {
                State = HandledMessageState.Done,
                Plan = "hidden plan",
                Reply = "hidden reply",
            }
        );
        var bytes = File.ReadAllText(_folder.File("state.db")) + File.ReadAllText(_folder.File("state.db-wal"));
        Assert.DoesNotContain("hidden", bytes, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromDays(2));
        await _store.Messages.PruneAsync(TimeSpan.FromDays(3));
        Assert.True(_store.Messages.Has("a"));
        await _store.Messages.PruneAsync(TimeSpan.FromDays(1));
        Assert.False(_store.Messages.Has("a"));
        Assert.True(_store.Messages.Has("open"));
    }

    private static HandledMessage Message(string id, long at) =>
        new()
        {
            PostId = id,
            ChannelId = "channel",
            RootId = "",
            UserId = "user",
            IsDirect = true,
            Text = $"text of {id}",
            WrittenAt = at,
        };
}
