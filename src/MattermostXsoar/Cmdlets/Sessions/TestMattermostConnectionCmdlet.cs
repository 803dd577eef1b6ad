using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Sessions;

/// <summary>
/// Checks a session: the server, both tokens, the team, the notification channel (with a test message) and XSOAR, with one result
/// for each.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "MattermostConnection", SupportsShouldProcess = true)]
[OutputType(typeof(ConnectionCheck))]
public sealed class TestMattermostConnectionCmdlet : SessionCmdlet
{
    // The texts of the original integration.
    private const string TestMessage = "Hi there! This is a test message from XSOAR.";
    private const string NoTeam = "Could not find the team, make sure it is valid and/or exists.";
    private const string NoChannel =
        "Channel does not exist or archived, choose a different channel to send notifications to";

    private protected override async Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        await CheckAsync(
            session,
            "Server",
            async () =>
            {
                var server = await session.Bot.System.DescribeAsync(cancellationToken);
                foreach (var warning in server.Warnings)
                    Warn(warning);
                return server.Text;
            }
        );
        await CheckAsync(
            session,
            "BotToken",
            async () => $"The bot is {await session.Bot.Users.GetMeAsync(cancellationToken)}."
        );
        await CheckAsync(
            session,
            "PersonalToken",
            async () => $"The user is {await session.Personal.Users.GetMeAsync(cancellationToken)}."
        );
        await CheckAsync(
            session,
            "Team",
            async () =>
            {
                var team = await session.Personal.Teams.GetByNameAsync(session.Team.Name, cancellationToken);
                return !team.IsArchived
                    ? $"The team is {team}."
                    : throw new MattermostXsoarException(
                        ErrorIds.TeamNotFound,
                        ErrorKind.NotFound,
                        $"The team '{team.Name}' is archived.",
                        "Have a system administrator restore it, or connect with another -Team."
                    );
            }
        );
        if (session.NotificationChannel is { } channel)
            await CheckAsync(
                session,
                "NotificationChannel",
                () => TryChannelAsync(session, channel, cancellationToken)
            );
        if (session.XsoarClient is { } xsoar)
            await CheckAsync(
                session,
                "Xsoar",
                async () =>
                {
                    var server = await SessionConnector.CheckXsoarAsync(xsoar, cancellationToken);
                    return $"XSOAR {server.Version} accepts the API key.";
                }
            );
    }

    private async Task CheckAsync(MattermostSession session, string name, Func<Task<string>> check)
    {
        var clock = session.Options.Environment.TimeProvider;
        var started = clock.GetTimestamp();
        ConnectionCheck result;
        try
        {
            var found = await check();
            result = new ConnectionCheck(name, ok: true, found, clock.GetElapsedTime(started));
        }
        catch (MattermostXsoarException error)
        {
            result = new ConnectionCheck(name, ok: false, TextOf(error), clock.GetElapsedTime(started));
        }

        await WriteAsync(result);
    }

    private static string TextOf(MattermostXsoarException error) =>
        error.ErrorId switch
        {
            // The same id as for a team that does not exist, but a remedy of its own.
            ErrorIds.TeamNotFound when error is ApiException => NoTeam,
            ErrorIds.ChannelNotFound or ErrorIds.ChannelArchived => NoChannel,
            _ => error.Advice is { } advice ? $"{error.Message} {advice}" : error.Message,
        };

    private async Task<string> TryChannelAsync(
        MattermostSession session,
        string name,
        CancellationToken cancellationToken
    )
    {
        var channel = await session.Personal.Channels.GetByNameAsync(
            session.Team.Id,
            name,
            cancellationToken: cancellationToken
        );
        if (!await ShouldProcessAsync(channel.ToString(), "Post a test message"))
            return $"The channel is {channel}.";
        var post = new NewPost { ChannelId = channel.Id, Message = TestMessage };
        await session.BotMembership.PostAsync(channel, post, Explain, cancellationToken);
        return $"The test message is in the channel {channel}.";
    }
}
