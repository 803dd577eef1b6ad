using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Xsoar;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Reading;

public sealed class WarRoomReaderTests
{
    private const int Cap = 10;

    /// <summary>What is missing in the middle would be delivered after what is newer.</summary>
    [Theory]
    [InlineData(WarRoomPageCut.NewestKept, false)]
    [InlineData(WarRoomPageCut.NewestKept, true)]
    [InlineData(WarRoomPageCut.OldestKept, false)]
    [InlineData(WarRoomPageCut.OldestKept, true)]
    public async Task More_entries_than_one_answer_has_that_are_written_between_two_requests_are_all_read(
        WarRoomPageCut cut,
        bool randomIds
    )
    {
        var token = TestContext.Current.CancellationToken;
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                WarRoomPageCap = Cap,
                WarRoomPageCut = cut,
                RandomEntryIds = randomIds,
            }
        );
        var time = new WaitingTime(TimeProvider.System.GetUtcNow());
        var environment = new ClientEnvironment { TimeProvider = time };
        using var xsoar = XsoarClient.Create(
            sandbox.XsoarUri,
            new AccessToken(sandbox.XsoarApiKey, environment.Redactor),
            sandbox.XsoarApiKeyId,
            new TransportOptions(),
            environment
        );
        var id = sandbox.Xsoar.CreateIncident("much is written");
        var written = new List<string>();
        Write(Cap * 2);
        // The second request is answered with an error, and made again when the rest has been written.
        sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = $"/investigation/{id}$",
                Kind = FaultKind.Status,
                Status = 503,
                Skip = 1,
            }
        );

        var reading = new WarRoomReader(xsoar, new WarRoomPageLimit()).ReadAsync(id, null, token);
        TimeSpan wait;
        while ((wait = await time.NextWaitAsync(token)) > RetryAfter.Longest)
        {
            // The time limit of a call.
        }

        Write(Cap * 3);
        time.Advance(wait);
        var room = await reading;

        Assert.Equal(written, room.Entries.Select(entry => entry.Contents).Where(written.Contains));

        void Write(int entries)
        {
            for (var i = 0; i < entries; i++)
            {
                written.Add($"entry {written.Count}");
                sandbox.Xsoar.AddEntry(id, "jane", written[^1]);
                sandbox.XsoarClockSkew += TimeSpan.FromMilliseconds(3);
            }
        }
    }
}
