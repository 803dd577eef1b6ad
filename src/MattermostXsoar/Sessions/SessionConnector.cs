using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Sessions;

/// <summary>
/// Opens sessions and checks at once what would otherwise fail later: address, tokens, team, XSOAR, versions,
/// where the state file is to be.
/// </summary>
internal static class SessionConnector
{
    // Bot accounts, and so the bot tokens that the module needs, exist since 5.12.
    private static readonly Version OldestMattermost = new(5, 12);
    private static readonly Version OldestXsoar = new(6, 10);

    public static async Task<MattermostSession> ConnectAsync(
        SessionOptions options,
        CancellationToken cancellationToken
    )
    {
        var bot = MattermostClient.Create(
            options.Uri,
            options.BotToken,
            TokenRole.Bot,
            options.Transport,
            options.Environment
        );
        var personal = bot.WithToken(options.PersonalToken, TokenRole.Personal);
        var session = new MattermostSession(options, bot, personal);
        try
        {
            await ConnectMattermostAsync(session, cancellationToken);
            await ConnectXsoarAsync(session, cancellationToken);
            if (options is { StatePath: { } statePath, NoMirroring: false } && session.XsoarClient is not null)
                StoreFile.CheckUsable(StorePath.Resolve(statePath, session.Uri));
            return session;
        }
        catch
        {
            await session.CloseAsync();
            throw;
        }
    }

    /// <summary>Reads XSOAR's version and checks the API key, which may not be needed to read the version.</summary>
    public static async Task<XsoarServerInfo> CheckXsoarAsync(XsoarClient client, CancellationToken cancellationToken)
    {
        var server = await client.AboutAsync(cancellationToken);
        await client.SearchIncidentsAsync(new IncidentQuery { Size = 1 }, cancellationToken);
        return server;
    }

    private static async Task ConnectMattermostAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var server = await session.Bot.System.PingAsync(cancellationToken);
        session.ServerVersion = server.Version;
        if (server.Version.Length > 0)
            EnsureVersion("Mattermost", server.Version, server.ParsedVersion, OldestMattermost);
        session.BotUser = await session.Bot.Users.GetMeAsync(cancellationToken);
        session.PersonalUser = await session.Personal.Users.GetMeAsync(cancellationToken);
        EnsureTokensInPlace(session);
        session.Team = await FindTeamAsync(session, cancellationToken);
    }

    // Swapped tokens are both valid: most things would work, until the bot needs administrative permissions or the
    // person's posts are to be mirrored.
    private static void EnsureTokensInPlace(MattermostSession session)
    {
        if (session.PersonalUser.IsBot && !session.BotUser.IsBot)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"The two tokens are swapped: -BotToken is the token of the person {session.BotUser}, and "
                    + "-PersonalAccessToken that of the bot "
                    + $"{session.PersonalUser}.",
                "Give the bot's token with -BotToken and the person's with -PersonalAccessToken (in a configuration "
                    + "file: bot_access_token and personal_access_token)."
            );
        }

        // What the bot's user posts is not mirrored: as the token of a person it would make that person's messages
        // disappear.
        if (!session.BotUser.IsBot)
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"-BotToken is the token of the person {session.BotUser}, not that of a bot. What this account posts "
                    + "is never mirrored, so that the person's messages would be missing in the War Room.",
                "Give the token of a bot account with -BotToken (in a configuration file: bot_access_token). An "
                    + "administrator creates one under Integrations, Bot Accounts."
            );
        }
    }

    private static async Task<MattermostTeam> FindTeamAsync(
        MattermostSession session,
        CancellationToken cancellationToken
    )
    {
        var team = await session.Personal.Teams.GetByNameAsync(session.Options.Team, cancellationToken);
        return !team.IsArchived
            ? team
            : throw new MattermostXsoarException(
                ErrorIds.TeamNotFound,
                ErrorKind.NotFound,
                $"The team '{team.Name}' is archived.",
                "Have the team restored in Mattermost, or choose another with -Team."
            );
    }

    private static async Task ConnectXsoarAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var options = session.Options;
        if (options.XsoarUri is not { } uri || options.XsoarApiKey is not { } key)
            return;
        session.XsoarClient = XsoarClient.Create(
            uri,
            key,
            options.XsoarApiKeyId,
            options.Transport,
            options.Environment
        );
        session.XsoarServer = await CheckXsoarAsync(session.XsoarClient, cancellationToken);
        EnsureVersion("XSOAR", session.XsoarServer.Version, session.XsoarServer.ParsedVersion, OldestXsoar);
    }

    private static void EnsureVersion(string product, string text, Version version, Version oldest)
    {
        if (version < oldest)
        {
            throw new MattermostXsoarException(
                ErrorIds.ServerTooOld,
                ErrorKind.NotImplemented,
                $"This {product} is version {text}; the module needs {oldest} or later.",
                $"Update {product}."
            );
        }
    }
}
