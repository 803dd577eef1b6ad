using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A user of XSOAR.</summary>
internal sealed class XsoarUser : IAnswer
{
    bool IAnswer.IsComplete => Username.Length > 0;

    /// <summary>The name by which incidents and tasks refer to the user; on 8.x the e-mail address.</summary>
    [JsonInclude]
    public string Username
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The full name; empty if the server does not show one.</summary>
    [JsonInclude]
    public string Name
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The e-mail address.</summary>
    [JsonInclude]
    public string Email
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Whether the account is disabled. 8.x lists no such accounts.</summary>
    [JsonInclude]
    public bool Disabled { get; internal set; }

    /// <summary>The roles; empty where the server does not list them.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> RoleNames => Roles?.Values.SelectMany(names => names ?? []).ToList() ?? [];

    /// <summary>The roles by tenant.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, IReadOnlyList<string>?>? Roles { get; internal set; }
}
