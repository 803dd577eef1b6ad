using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Binding;

/// <summary>
/// The value of a parameter for a channel: its name with or without <c>~</c>, its id, or a channel object. It is looked
/// up only when it is needed.
/// </summary>
public sealed class ChannelReference
{
    private const int MostListed = 200;

    private readonly string _text;
    private readonly MattermostChannel? _channel;

    /// <summary>A channel by its name in links, or its id.</summary>
    /// <param name="nameOrId">The name, e.g. <c>town-square</c>.</param>
    public ChannelReference(string nameOrId)
    {
        _text = nameOrId.Trim().TrimStart('~');
        if (_text.Length == 0)
            throw new PSArgumentException("The name of a channel must not be empty.", nameof(nameOrId));
    }

    /// <summary>A channel object.</summary>
    /// <param name="channel">The channel.</param>
    public ChannelReference(MattermostChannel channel)
    {
        _channel = channel;
        _text = channel.Name;
    }

    /// <summary>The given text.</summary>
    public override string ToString() => _text;

    /// <summary>The id if it is known, else the given text.</summary>
    internal string IdOrText => _channel?.Id ?? _text;

    /// <summary>The channel of a user.</summary>
    /// <param name="membership">The user and the channel.</param>
    public ChannelReference(MattermostUserChannel membership)
        : this(membership.Channel) { }

    /// <summary>A pattern for names, if the text has wildcards; else null.</summary>
    /// <exception cref="MattermostXsoarException">InvalidArgument for an invalid pattern such as
    /// <c>a[b</c>.</exception>
    internal WildcardPattern? Pattern => _channel is null ? NamePattern.Of(_text) : null;

    /// <summary>Whether a channel is meant by this name, pattern, id or object.</summary>
    internal bool IsMatch(MattermostChannel channel) =>
        Pattern is { } pattern
            ? pattern.IsMatch(channel.Name)
            : channel.Id == IdOrText || string.Equals(channel.Name, _text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The channel; if it is given by name, it is looked up in a team.</summary>
    internal Task<MattermostChannel> ResolveAsync(
        MattermostSession session,
        TeamReference? team,
        CancellationToken cancellationToken
    ) => _channel is not null ? Task.FromResult(_channel) : FetchAsync(session, team, cancellationToken);

    /// <summary>Reads the channel from the server, even if it is known.</summary>
    internal async Task<MattermostChannel> FetchAsync(
        MattermostSession session,
        TeamReference? team,
        CancellationToken cancellationToken
    )
    {
        var id = _channel?.Id ?? _text;
        if (MattermostId.IsPossible(id))
        {
            try
            {
                return await session.Personal.Channels.GetAsync(id, cancellationToken);
            }
            catch (ApiException missing)
                when (_channel is null && missing.ErrorId is ErrorIds.ChannelNotFound or ErrorIds.PermissionDenied)
            {
                // A name can look like an id.
            }
        }

        var home = await TeamReference.ResolveAsync(team, session, cancellationToken);
        try
        {
            return await session.Personal.Channels.GetByNameAsync(home.Id, _text, cancellationToken: cancellationToken);
        }
        catch (ApiException missing) when (missing.ErrorId == ErrorIds.ChannelNotFound)
        {
            return await LookAgainAsync(session, home.Id, missing, cancellationToken);
        }
    }

    // One further call: the first page of the public channels.
    private async Task<MattermostChannel> LookAgainAsync(
        MattermostSession session,
        string teamId,
        ApiException missing,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<MattermostChannel> channels;
        try
        {
            channels = await session.Personal.Channels.ListPublicAsync(teamId, 0, MostListed, cancellationToken);
        }
        catch (MattermostXsoarException)
        {
            throw missing;
        }

        var titled = NearestName.IsPossible(_text)
            ? []
            : channels
                .Where(channel => string.Equals(channel.DisplayName, _text, StringComparison.OrdinalIgnoreCase))
                .ToList();
        return titled.Count switch
        {
            1 => titled[0],
            0 => throw NearestName.Suggest(missing, NearestName.Of(_text, channels.Select(channel => channel.Name))),
            _ => throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"{titled.Count} channels have the display name '{_text}'.",
                "Give the name in the channel's links: " + string.Join(", ", titled.Select(channel => channel.Name))
            ),
        };
    }
}
