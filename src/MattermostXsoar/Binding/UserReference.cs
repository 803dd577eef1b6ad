using System.Management.Automation;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Binding;

/// <summary>
/// The value of a parameter for users: an id, a username with or without <c>@</c>, an e-mail address, or a user object.
/// One text can contain several, separated by commas, as in playbooks.
/// </summary>
public sealed class UserReference
{
    private readonly string _text;

    /// <summary>A user by id, username or e-mail address.</summary>
    /// <param name="text">The text, e.g. <c>ann</c>, <c>@ann</c>, <c>ann@example.com</c> or <c>ann,bea</c>.</param>
    public UserReference(string text)
    {
        _text = text.Trim().Trim(',').Trim();
        if (_text.TrimStart('@').Length == 0)
            throw new PSArgumentException("The name of a user must not be empty.", nameof(text));
    }

    /// <summary>A user object.</summary>
    /// <param name="user">The user.</param>
    public UserReference(MattermostUser user)
    {
        User = user;
        _text = user.Username;
    }

    /// <summary>The user of a group's member.</summary>
    /// <param name="member">The member.</param>
    public UserReference(MattermostGroupMember member) => _text = member.Id;

    /// <summary>The user of a channel's member.</summary>
    /// <param name="member">The member.</param>
    public UserReference(MattermostChannelMember member) => _text = member.UserId;

    /// <summary>The user of a channel.</summary>
    /// <param name="membership">The user and the channel.</param>
    public UserReference(MattermostUserChannel membership)
        : this(membership.User) { }

    /// <summary>The given text.</summary>
    public override string ToString() => _text;

    /// <summary>The user object, if one was given.</summary>
    internal MattermostUser? User { get; }

    /// <summary>Whether the text has wildcards. They are only for reading: see <see cref="Matcher"/>.</summary>
    internal bool IsPattern => User is null && NamePattern.HasWildcards(_text);

    /// <summary>
    /// The condition of a text with wildcards: a username, or with <c>@</c> in the middle an e-mail address.
    /// </summary>
    /// <exception cref="MattermostXsoarException">InvalidArgument for an invalid pattern such as
    /// <c>a[b</c>.</exception>
    internal Func<MattermostUser, bool> Matcher
    {
        get
        {
            var pattern = NamePattern.Of(_text.TrimStart('@'))!;
            return _text.LastIndexOf('@') > 0
                ? user => pattern.IsMatch(user.Email)
                : user => pattern.IsMatch(user.Username);
        }
    }

    /// <summary>One reference for each user in these.</summary>
    internal static IEnumerable<UserReference> Expand(IEnumerable<UserReference> references) =>
        references.SelectMany(reference =>
            reference._text.IndexOf(',') < 0
                ? [reference]
                : reference
                    ._text.Split([','], StringSplitOptions.RemoveEmptyEntries)
                    .Where(part => part.Trim().Length > 0)
                    .Select(part => new UserReference(part))
        );
}
