using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

public sealed class DeliveryLookupTests : IDisposable
{
    private readonly DeliveryScene _scene = new();
    private readonly DeliveryLookup _lookup;

    public DeliveryLookupTests()
    {
        var log = new DeliveryLog(_scene.Mirror.Runtime, _scene.Mirror.Health, DeliveryDirection.WarRoomToChat);
        _lookup = new DeliveryLookup(_scene.Mirror.Runtime, _scene.Sink, log);
    }

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_found_at_once_is_looked_up_once(bool wasSilent)
    {
        _scene.Sink.Arrives("a");
        Assert.Equal("on-a", await FindAsync(wasSilent));
        Assert.Equal(["find a"], _scene.Journal.Entries);
    }

    [Fact]
    public async Task Where_the_server_answered_what_is_not_found_is_not_there()
    {
        Assert.Null(await FindAsync(wasSilent: false));
        Assert.Equal(["find a"], _scene.Journal.Entries);
    }

    [Fact]
    public async Task After_a_silence_it_is_looked_up_a_second_time_when_it_has_settled()
    {
        Assert.Null(await FindAsync(wasSilent: true));
        Assert.Equal(["find a", "wait 1", "find a"], _scene.Journal.Entries);
    }

    [Fact]
    public async Task After_a_silence_the_note_that_was_sent_in_its_place_before_ends_no_look_up()
    {
        _scene.Sink.OnFind(() =>
        {
            _scene.Sink.Arrives("a");
            return _ => "note";
        });
        Assert.Equal("on-a", await FindAsync(wasSilent: true, note: "note"));
        Assert.Equal(["find a", "wait 1", "find a"], _scene.Journal.Entries);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_between_the_two()
    {
        using var stopping = new CancellationTokenSource();
        _scene.Time.Freeze();
        var finding = _lookup.FindAsync(_scene.Message("a"), true, stopping.Token, CancellationToken.None);
        await _scene.Journal.WhenAsync("wait 1");
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding.InTime());
        Assert.Equal(["find a", "wait 1"], _scene.Journal.Entries);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("found", null, "found")]
    [InlineData("found", "note", "found")]
    [InlineData("note", "note", null)]
    [InlineData(null, "note", null)]
    public void What_is_found_is_the_delivery_unless_it_is_the_note_in_its_place(
        string? found,
        string? note,
        string? expected
    ) => Assert.Equal(expected, DeliveryLookup.Arrived(_ => found, _scene.Message("a") with { TargetId = note }));

    private Task<string?> FindAsync(bool wasSilent, string? note = null) =>
        _lookup
            .FindAsync(
                _scene.Message("a") with
                {
                    TargetId = note,
                },
                wasSilent,
                CancellationToken.None,
                CancellationToken.None
            )
            .InTime();
}
