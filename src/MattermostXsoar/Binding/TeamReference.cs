using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Binding;

/// <summary>
/// The value of <c>-Team</c>: a team's name or id, or a team object. It is looked up only when it is needed.
/// </summary>
public sealed class TeamReference
{
    private readonly object _gate = new();
    private readonly string _text;
    private readonly MattermostTeam? _team;
    private (MattermostSession Session, Task<MattermostTeam> Team)? _found;

    /// <summary>A team by its name in links, or its id.</summary>
    /// <param name="nameOrId">The name, e.g. <c>panw</c>.</param>
    public TeamReference(string nameOrId)
    {
        _text = nameOrId.Trim();
        if (_text.Length == 0)
            throw new PSArgumentException("The name of a team must not be empty.", nameof(nameOrId));
    }

    /// <summary>A team object.</summary>
    /// <param name="team">The team.</param>
    public TeamReference(MattermostTeam team)
    {
        _team = team;
        _text = team.Name;
    }

    /// <summary>The given text.</summary>
    public override string ToString() => _text;

    /// <summary>The team of a reference, or the session's if none is given.</summary>
    internal static Task<MattermostTeam> ResolveAsync(
        TeamReference? reference,
        MattermostSession session,
        CancellationToken cancellationToken
    ) => reference is null ? Task.FromResult(session.Team) : reference.ResolveAsync(session, cancellationToken);

    /// <summary>
    /// The team of a reference, or for a name with wildcards those of the account's teams that match it; the session's
    /// if none is given. Only for reading: what changes something is never given with wildcards.
    /// </summary>
    internal static async Task<IReadOnlyList<MattermostTeam>> ResolveAllAsync(
        TeamReference? reference,
        MattermostSession session,
        CancellationToken cancellationToken
    ) =>
        reference?.Pattern is { } pattern
            ?
            [
                .. (await session.Personal.Teams.ListForUserAsync(session.PersonalUser.Id, cancellationToken)).Where(
                    team => !team.IsArchived && pattern.IsMatch(team.Name)
                ),
            ]
            : [await ResolveAsync(reference, session, cancellationToken)];

    /// <summary>A pattern for names, if the text has wildcards; else null.</summary>
    internal WildcardPattern? Pattern => _team is null ? NamePattern.Of(_text) : null;

    private Task<MattermostTeam> ResolveAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (_team is not null)
            return Task.FromResult(_team);
        if (string.Equals(_text, session.Team.Name, StringComparison.OrdinalIgnoreCase) || _text == session.Team.Id)
            return Task.FromResult(session.Team);
        // One reference is used for all inputs of a command, some of them in parallel.
        lock (_gate)
        {
            if (_found is not { } found || found.Session != session || found.Team.IsCanceled)
                _found = found = (session, FetchAsync(session, cancellationToken));
            return found.Team;
        }
    }

    /// <summary>Reads the team from the server, even if it is known.</summary>
    internal async Task<MattermostTeam> FetchAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await session.Personal.Teams.GetByNameAsync(_text, cancellationToken);
        }
        catch (ApiException missing) when (missing.ErrorId == ErrorIds.TeamNotFound)
        {
            return MattermostId.IsPossible(_text)
                ? await session.Personal.Teams.GetAsync(_text, cancellationToken)
                : await LookAgainAsync(session, missing, cancellationToken);
        }
    }

    // One further call: the teams of the account.
    private async Task<MattermostTeam> LookAgainAsync(
        MattermostSession session,
        ApiException missing,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<MattermostTeam> teams;
        try
        {
            teams = await session.Personal.Teams.ListForUserAsync(session.PersonalUser.Id, cancellationToken);
        }
        catch (MattermostXsoarException)
        {
            throw missing;
        }

        var titled = NearestName.IsPossible(_text)
            ? []
            : teams.Where(team => string.Equals(team.DisplayName, _text, StringComparison.OrdinalIgnoreCase)).ToList();
        return titled.Count == 1
            ? titled[0]
            : throw NearestName.Suggest(missing, NearestName.Of(_text, teams.Select(team => team.Name)));
    }
}
