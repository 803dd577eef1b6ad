using MattermostXsoar.Core.Tests.Mirroring.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Nobody listened for long: the clocks of all three machines are set on between what happens.</summary>
[Trait("Category", "Fault")]
public sealed class AbsenceTests(ITestOutputHelper output)
{
    private const int Stops = 12;
    private const int MessagesAtEach = 10;

    private readonly JumpingClock _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(166)]
    public async Task What_was_posted_edited_and_deleted_in_an_absence_is_made_up_for(int hours)
    {
        var away = TimeSpan.FromHours(hours);
        _clock.Skew = -away;
        await using var harness = await MirrorHarness.StartAsync(clock: _clock);
        SetAll(harness, -away);
        await harness.MirrorConnectedAsync();
        var posts = new[] { "kept", "edited", "deleted" }
            .Select(text => harness.Sandbox.Mattermost.Post("user1", "incident-1", text))
            .ToList();
        var entries = new[] { "kept", "edited", "deleted" }
            .Select(text => harness.Sandbox.Xsoar.AddEntry("1", "jane", text))
            .ToList();
        await harness.WarRoomAsync(lines => lines.Count == 3);
        await harness.ChatAsync("incident-1", lines => lines.Count == 3);
        await harness.MirrorIsAsync(mirror => mirror.Pending == 0);
        await harness.Service.StopListenerAsync();

        var (fromChat, fromWarRoom) = (new List<string>(), new List<string>());
        for (var stop = 1; stop <= Stops; stop++)
        {
            SetAll(harness, -away * (1 - ((double)stop / Stops)));
            Write(harness, fromChat, fromWarRoom);
            if (stop == 2)
            {
                harness.Sandbox.Mattermost.Edit(posts[1].Id, "edited since");
                harness.Sandbox.Mattermost.Delete(posts[2].Id);
            }

            if (stop == 3)
            {
                harness.Sandbox.Xsoar.EditEntry(entries[1].Id, "edited since");
                harness.Sandbox.Xsoar.DeleteEntry(entries[2].Id);
            }
        }

        await harness.NewServiceAsync();
        await harness.Service.StartListenerAsync(harness.Token);
        await harness.WarRoomAsync(lines => Tally.Of(fromChat, lines).Lost == 0 && lines.Contains("edited since"));
        await harness.ChatAsync(
            "incident-1",
            lines => Tally.Of(fromWarRoom, lines).Lost == 0 && lines.Contains("edited since")
        );
        await harness.Service.SynchronizeAsync(null, harness.Token);

        var (toWarRoom, toChat) = (
            Tally.Of(fromChat, harness.MirroredInWarRoom()),
            Tally.Of(fromWarRoom, harness.MirroredInChat("incident-1"))
        );
        output.WriteLine($"away for {hours} hours");
        output.WriteLine($"chat to War Room: {toWarRoom}");
        output.WriteLine($"War Room to chat: {toChat}");
        Assert.Equal((0, 0, 0), (toWarRoom.Lost, toWarRoom.Doubled, toWarRoom.OutOfOrder));
        Assert.Equal((0, 0, 0), (toChat.Lost, toChat.Doubled, toChat.OutOfOrder));
        Assert.Equal(
            1,
            harness.FromChat().Count(entry => entry.Contains($"/pl/{posts[2].Id}), deleted)", StringComparison.Ordinal))
        );
        Assert.Equal(
            ["kept", "edited since", "*(deleted in the War Room)*"],
            harness.MirroredInChat("incident-1").Where(line => !fromWarRoom.Contains(line))
        );
    }

    private static void Write(MirrorHarness harness, List<string> fromChat, List<string> fromWarRoom)
    {
        for (var i = 0; i < MessagesAtEach; i++)
        {
            fromChat.Add(Tally.Text("user1", fromChat.Count));
            harness.Sandbox.Mattermost.Post("user1", "incident-1", fromChat[^1]);
            fromWarRoom.Add(Tally.Text("jane", fromWarRoom.Count));
            harness.Sandbox.Xsoar.AddEntry("1", "jane", fromWarRoom[^1]);
        }
    }

    private void SetAll(MirrorHarness harness, TimeSpan skew) =>
        (_clock.Skew, harness.Sandbox.MattermostClockSkew, harness.Sandbox.XsoarClockSkew) = (skew, skew, skew);
}
