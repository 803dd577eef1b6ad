using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Binding;

/// <summary>
/// The value of a parameter for a group: its id, its name with or without <c>@</c>, its display name, or a group
/// object.
/// </summary>
public sealed class GroupReference
{
    private readonly string _text;
    private readonly MattermostGroup? _group;

    /// <summary>A group by its id or a name.</summary>
    /// <param name="nameOrId">The name, e.g. <c>soc-tier1</c>.</param>
    public GroupReference(string nameOrId)
    {
        _text = nameOrId.Trim().TrimStart('@');
        if (_text.Length == 0)
            throw new PSArgumentException("The name of a group must not be empty.", nameof(nameOrId));
    }

    /// <summary>A group object.</summary>
    /// <param name="group">The group.</param>
    public GroupReference(MattermostGroup group)
    {
        _group = group;
        _text = group.Id;
    }

    /// <summary>The given text.</summary>
    public override string ToString() => _group?.ToString() ?? _text;

    /// <summary>The id if it is known, else the given text.</summary>
    internal string IdOrText => _text;

    /// <summary>Looks up the group. If the account may not read groups, an id is used as it is.</summary>
    /// <exception cref="MattermostXsoarException">GroupNotFound, LicenseRequired; InvalidArgument if several groups
    /// have the display name.</exception>
    internal async Task<MattermostGroup> ResolveAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        if (_group is not null)
            return _group;
        if (MattermostId.IsPossible(_text))
        {
            try
            {
                return await session.Personal.Groups.GetAsync(_text, cancellationToken);
            }
            catch (ApiException refused) when (refused.ErrorId == ErrorIds.PermissionDenied)
            {
                // An account that may manage the members of a group need not be allowed to read it.
                return new MattermostGroup { Id = _text, DisplayName = _text };
            }
            catch (ApiException missing) when (missing.ErrorId == ErrorIds.GroupNotFound)
            {
                // A name can look like an id.
            }
        }

        return await FindByNameAsync(session, cancellationToken);
    }

    private async Task<MattermostGroup> FindByNameAsync(MattermostSession session, CancellationToken cancellationToken)
    {
        var displayed = new List<MattermostGroup>();
        var pages = PageWindow.Everything.ReadAsync(
            (page, size, token) => session.Personal.Groups.ListAsync(_text, page, size, token),
            cancellationToken
        );
        await foreach (var page in pages)
        {
            if (page.FirstOrDefault(group => Same(group.Name)) is { } found)
                return found;
            displayed.AddRange(page.Where(group => Same(group.DisplayName)));
        }

        return displayed.Count switch
        {
            1 => displayed[0],
            0 => throw new MattermostXsoarException(
                ErrorIds.GroupNotFound,
                ErrorKind.NotFound,
                $"There is no group '{_text}' in Mattermost.",
                "Check the group's name or id; Get-MattermostGroup lists the groups."
            ),
            _ => throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"{displayed.Count} groups have the display name '{_text}'.",
                "Give the name with which the group is mentioned, or the id: "
                    + string.Join(", ", displayed.Select(group => group.Id))
            ),
        };
    }

    private bool Same(string name) => string.Equals(name, _text, StringComparison.OrdinalIgnoreCase);
}
