using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

public sealed class PendingPostIdsTests : IDisposable
{
    private static readonly DeliveryRecord First = new()
    {
        MirrorId = 1,
        Direction = DeliveryDirection.WarRoomToChat,
        SourceId = "5@1",
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Writes => ["other entry", "part", "edit", "deletion", "retry", "channel", "again"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_write_has_the_same_id_after_a_restart()
    {
        string Id()
        {
            using var store = Open("state.db");
            return new PendingPostIds(store.Secret, "bot").Of("channel", First, 0);
        }
        Assert.Equal(Id(), Id());
    }

    [Fact]
    public void Whoever_does_not_have_the_store_cannot_know_the_id()
    {
        using var one = Open("one.db");
        using var other = Open("other.db");
        Assert.Equal(32, one.Secret.Length);
        Assert.NotEqual(
            new PendingPostIds(one.Secret, "bot").Of("channel", First, 0),
            new PendingPostIds(other.Secret, "bot").Of("channel", First, 0)
        );
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void Every_other_write_has_another_id(string what)
    {
        var ids = new PendingPostIds(new byte[32], "bot");
        var other = what switch
        {
            "other entry" => ids.Of("channel", First with { SourceId = "6@1" }, 0),
            "part" => ids.Of("channel", First with { Part = 1 }, 0),
            "edit" => ids.Of("channel", First with { Kind = DeliveryKind.Edit, Version = 7 }, 0),
            "deletion" => ids.Of("channel", First with { Kind = DeliveryKind.Deletion }, 0),
            "retry" => ids.Of("channel", First with { Retries = 1 }, 0),
            "channel" => ids.Of("another", First, 0),
            _ => ids.Of("channel", First, 1),
        };
        Assert.NotEqual(ids.Of("channel", First, 0), other);
    }

    private StateStore Open(string name) => StateStore.Open(_folder.File(name), "bot", new FakeTimeProvider());
}
