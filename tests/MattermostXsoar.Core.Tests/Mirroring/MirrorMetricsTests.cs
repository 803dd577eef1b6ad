using System.Text.RegularExpressions;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Tests.Mirroring.Logging;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>What can be measured, compared with docs/operations.md.</summary>
public sealed class MirrorMetricsTests : IDisposable
{
    private const string Prefix = "mattermostxsoar.";

    private static readonly Regex Documented = new(
        @"^\| `(mattermostxsoar\.[a-z.]+)` \| \w+ \| \w+ \| ([^|]*)\|",
        RegexOptions.CultureInvariant | RegexOptions.Multiline
    );

    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["direction"] = ["to_war_room", "to_chat"],
        ["kind"] = ["message", "edit", "deletion", "notice", "annotation"],
        ["cause"] = ["retry", "lookup", "pause", "close", "restart"],
        ["outcome"] = ["answered", "failed"],
        ["server"] = ["mattermost", "xsoar"],
        ["state"] = ["active", "paused", "stopped", "closed"],
        ["method"] = ["GET", "POST", "PUT", "PATCH", "DELETE"],
    };

    private readonly Measurements _measured = new();

    public void Dispose() => _measured.Dispose();

    [Fact]
    public async Task Each_instrument_is_documented_and_moves_with_what_it_counts_and_its_tags_have_few_values()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var (sandbox, chat) = (harness.Sandbox, harness.Sandbox.Mattermost);
        await harness.MirrorConnectedAsync();
        var post = chat.Post("user1", "incident-1", "one");
        await harness.WarRoomAsync(lines => lines.Count == 1);
        harness.Tick();
        chat.Edit(post.Id, "one, edited");
        await CountedAsync("deliveries.delivered", "to_war_room,edit");
        chat.Delete(post.Id);
        await CountedAsync("deliveries.delivered", "to_war_room,deletion");
        sandbox.Xsoar.AddEntry("1", "jane", "two");
        await CountedAsync("deliveries.delivered", "to_chat,message");
        await CountedAsync("deliveries.recorded", "to_chat,message");
        await CountedAsync("delivery.duration", "to_chat");
        sandbox.Faults.Add(Fault(FaultKind.ActThenDrop, 500, 1));
        chat.Post("user1", "incident-1", "lost");
        await CountedAsync("delivery.retries", "lookup");
        await CountedAsync("delivery.lookups", "");
        sandbox.Faults.Add(Fault(FaultKind.Status, 400, 1));
        chat.Post("user1", "incident-1", "refused");
        await CountedAsync("deliveries.failed", "to_war_room,message");
        await harness.MirrorIsAsync(mirror => mirror.Failed == 1);
        _measured.ReadGauges();
        await CountedAsync("deliveries.unresolved", "to_war_room");
        await harness.Service.RetryFailedAsync(null, harness.Token);
        await CountedAsync("deliveries.requeued", "");
        sandbox.Faults.Add(Fault(FaultKind.Status, 503, 1000));
        chat.Post("user1", "incident-1", "waits");
        await CountedAsync("call.duration", "xsoar,POST,503");
        await harness.WhenAsync(() =>
        {
            _measured.ReadGauges();
            return _measured.Sums.GetValueOrDefault($"{Prefix}deliveries.lag()") > 0;
        });
        await CountedAsync("deliveries.pending", "to_war_room");
        await CountedAsync("deliveries.lag", "");
        await CountedAsync("mirrors", "active");
        sandbox.CutWebSockets();
        await CountedAsync("realtime.reconnects", "");
        sandbox.Faults.Add(
            new Fault
            {
                Server = "xsoar",
                PathPattern = "/incidents/search$",
                Kind = FaultKind.Status,
                Status = 500,
                Count = 1000,
            }
        );
        await CountedAsync("xsoar.polls", "answered");
        await CountedAsync("xsoar.polls", "failed");
        new RecurringErrorLog(new ListenerLog(), TimeProvider.System, "StoreReadFailed", ListenerLogLevel.Error).Report(
            new MattermostXsoarException(ErrorIds.StoreUnavailable, ErrorKind.Store, "full")
        );
        await CountedAsync("store.failures", "");
        await harness.Service.StopListenerAsync();

        await AssertDocumentedAsync(harness.Token);
    }

    private async Task AssertDocumentedAsync(CancellationToken cancellationToken)
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "docs", "operations.md"),
            cancellationToken
        );
        Assert.Equal(
            Documented.Matches(page).Select(match => match.Groups[1].Value).Order(),
            _measured.Instruments.Keys.Order()
        );
        foreach (var tag in _measured.Tags.Keys.Select(tag => tag.Split('=')).Where(tag => tag[0] != "status"))
            Assert.Contains(tag[1], Values[tag[0]]);
    }

    private static Fault Fault(FaultKind kind, int status, int count) =>
        new()
        {
            Server = "xsoar",
            Method = "POST",
            PathPattern = "/entry/formatted$",
            Kind = kind,
            Status = status,
            Body = status == 400 ? "{}" : null,
            Count = count,
        };

    private async Task CountedAsync(string instrument, string tags)
    {
        using var deadline = new CancellationTokenSource(MirrorHarness.Deadline);
        await _measured.WhenAsync($"{Prefix}{instrument}({tags})", sum => sum > 0, deadline.Token);
    }
}
