using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A member of a group.</summary>
public sealed class MattermostGroupMember : MattermostObject, IAnswer
{
    bool IAnswer.IsComplete => Id.Length > 0;

    /// <summary>The user's 26-character id.</summary>
    [JsonInclude]
    public string Id
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The name that is mentioned, without <c>@</c>.</summary>
    [JsonInclude]
    public string Username
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The first name.</summary>
    [JsonInclude]
    public string FirstName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The last name.</summary>
    [JsonInclude]
    public string LastName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The e-mail address; empty if the server hides it.</summary>
    [JsonInclude]
    public string Email
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The id of the group this is a member of.</summary>
    [JsonIgnore]
    public string GroupId { get; internal set; } = "";

    /// <summary>The username with <c>@</c>.</summary>
    public override string ToString() => "@" + Username;

    internal static MattermostGroupMember Of(MattermostUser user, string groupId) =>
        new()
        {
            Id = user.Id,
            Username = user.Username,
            FirstName = user.FirstName,
            LastName = user.LastName,
            Email = user.Email,
            GroupId = groupId,
        };
}
