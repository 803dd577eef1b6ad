using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Page;

/// <summary>The page's messages besides posts and entries: people, channels, incidents, mirrors, faults,
/// calls.</summary>
internal static class PageState
{
    private const int MostListed = 250;

    private const int MostCalls = 60;

    public static object Hello(SandboxServer sandbox, SandboxChannel? channel, SandboxIncident? incident) =>
        new
        {
            type = "hello",
            now = (double)sandbox.Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
            mattermost = sandbox.Options.MattermostVersion,
            xsoar = sandbox.Options.XsoarVersion,
            team = sandbox.TeamName,
            channel = channel?.Id,
            incident = incident?.Id,
            capacity = LineWindow<SandboxPost>.Capacity,
            // The authors of War Room entries are XSOAR's users; the sandbox offers the same people, and DBot.
            analysts = sandbox
                .Options.Seed.People.Select(static it => it.Username)
                .Prepend(sandbox.Options.Seed.Admin)
                .Append("DBot"),
        };

    public static (string, object) Lists(SandboxServer sandbox)
    {
        var world = sandbox.Mattermost;
        return (
            "lists",
            new
            {
                type = "lists",
                people = world
                    .Users.Where(static it => it.DeleteAt == 0)
                    .Take(MostListed)
                    .Select(static it => new
                    {
                        it.Id,
                        user = it.Username,
                        name = $"{it.FirstName} {it.LastName}".Trim(),
                        it.IsBot,
                        isAdmin = it.IsSystemAdmin,
                    }),
                channels = world.Locked(() =>
                    world
                        .Channels.OrderBy(static it => it.IsArchived)
                        .ThenBy(static it => it.DisplayName, StringComparer.OrdinalIgnoreCase)
                        .Take(MostListed)
                        .Select(it => new
                        {
                            it.Id,
                            it.Name,
                            title = it.DisplayName.Length > 0 ? it.DisplayName : Talk(sandbox, it),
                            it.Type,
                            it.Header,
                            it.IsArchived,
                            members = it.Members.Keys.Take(MostListed),
                        })
                        .ToArray()
                ),
                incidents = sandbox.Xsoar.Read(() =>
                    sandbox
                        .Xsoar.Incidents.Reverse()
                        .Take(MostListed)
                        .Select(static it => new
                        {
                            it.Id,
                            it.Name,
                            it.Type,
                            it.Owner,
                            it.Severity,
                            it.Status,
                            it.CloseReason,
                            lines = it.Entries.Count,
                        })
                        .ToArray()
                ),
            }
        );
    }

    public static (string, object) Pairs(SandboxServer sandbox, CrossingLedger ledger) =>
        (
            "pairs",
            new
            {
                type = "pairs",
                pairs = ledger
                    .Pairs.Take(MostListed)
                    .Select(pair =>
                    {
                        var channel = sandbox.Mattermost.FindChannel(pair.ChannelId);
                        var incident = sandbox.Xsoar.Find(pair.IncidentId);
                        var (toWarRoom, toChat) = ledger.Waiting(pair);
                        return new
                        {
                            channel = pair.ChannelId,
                            channelName = channel?.Name ?? "(gone)",
                            incident = pair.IncidentId,
                            incidentName = incident?.Name ?? "(gone)",
                            toWarRoom = new { crossed = pair.ToWarRoom.Crossed, waiting = toWarRoom },
                            toChat = new { crossed = pair.ToChat.Crossed, waiting = toChat },
                            lastAt = pair.Crossed == 0
                                ? (double?)null
                                : Math.Max(pair.ToWarRoom.LastArrivedAt, pair.ToChat.LastArrivedAt),
                            medianMs = pair.MedianLatency,
                            isArchived = channel?.IsArchived != false,
                            isClosed = incident?.IsClosed != false,
                        };
                    }),
            }
        );

    public static (string, object) Faults(SandboxServer sandbox) =>
        (
            "faults",
            new
            {
                type = "faults",
                isFrozen = sandbox.IsFrozen,
                areSocketsFrozen = sandbox.AreWebSocketsFrozen,
                sockets = sandbox.Mattermost.ConnectionCount,
                active = sandbox.Faults.Pending.Select(static it => new
                {
                    it.Id,
                    kind = it.Kind.ToString(),
                    it.Server,
                    left = it.Count == int.MaxValue ? (int?)null : it.Count - it.Hits,
                    it.Hits,
                    it.Status,
                    seconds = it.Delay.TotalSeconds,
                    lasts = it.For?.TotalSeconds,
                }),
            }
        );

    public static (string, object) Calls(SandboxServer sandbox) =>
        (
            "calls",
            new
            {
                type = "calls",
                total = sandbox.Calls.Total,
                calls = sandbox
                    .Calls.Latest(MostCalls)
                    .Select(static it => new
                    {
                        it.Server,
                        it.Method,
                        it.Path,
                        it.Status,
                        user = it.TokenUser,
                        at = it.At.ToUnixTimeMilliseconds(),
                    }),
            }
        );

    private static string Talk(SandboxServer sandbox, SandboxChannel channel) =>
        string.Join(
            ", ",
            channel.Members.Keys.Select(id => sandbox.Mattermost.TryUser(id, out var user) ? user.Username : id)
        );
}
