using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A user as the platform of 8.x lists them.</summary>
internal sealed class PlatformUser : IAnswer
{
    bool IAnswer.IsComplete => Email.Length > 0;

    [JsonInclude, JsonPropertyName("user_email")]
    public string Email
    {
        get;
        internal set => field = value ?? "";
    } = "";

    [JsonInclude, JsonPropertyName("user_first_name")]
    public string FirstName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    [JsonInclude, JsonPropertyName("user_last_name")]
    public string LastName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    [JsonInclude, JsonPropertyName("role_name")]
    public string RoleName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The same user in the form of 6.x; names of users of 8.x are their e-mail addresses.</summary>
    public XsoarUser ToUser() =>
        new()
        {
            Username = Email,
            Email = Email,
            Name = $"{FirstName} {LastName}".Trim(),
            Roles = RoleName.Length == 0 ? null : new Dictionary<string, IReadOnlyList<string>?> { [""] = [RoleName] },
        };
}
