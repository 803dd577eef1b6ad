using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>An XSOAR investigation with War Room entries.</summary>
internal sealed class XsoarInvestigation : IAnswer
{
    bool IAnswer.IsComplete => Id.Length > 0;

    /// <summary>The id; that of the incident.</summary>
    [JsonInclude]
    public string Id
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The name.</summary>
    [JsonInclude]
    public string Name
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>0 an incident's investigation, 9 a playground.</summary>
    [JsonInclude]
    public int Type { get; internal set; }

    /// <summary>0 open, 1 closed.</summary>
    [JsonInclude]
    public int Status { get; internal set; }

    /// <summary>When it was created.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarTimeConverter))]
    public DateTimeOffset Created { get; internal set; }

    /// <summary>When it was last changed.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarTimeConverter))]
    public DateTimeOffset Modified { get; internal set; }

    /// <summary>When it was closed; null if it is open.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarOptionalTimeConverter))]
    public DateTimeOffset? Closed { get; internal set; }

    /// <summary>The user who closed it; empty if it is open.</summary>
    [JsonInclude]
    public string ClosingUserId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The user names of its participants.</summary>
    [JsonInclude]
    public IReadOnlyList<string> Users
    {
        get;
        internal set => field = value ?? [];
    } = [];

    /// <summary>The entitlements that count once; null if the server lists none.</summary>
    [JsonInclude]
    public IReadOnlyList<string>? Entitlements { get; internal set; }

    /// <summary>The entitlements that count until they are taken away, by tag; null if the server lists none.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, string>? PersistentEntitlements { get; internal set; }

    /// <summary>The requested entries, in the server's order.</summary>
    [JsonInclude, JsonConverter(typeof(LenientListConverter<XsoarEntry>))]
    public IReadOnlyList<XsoarEntry> Entries
    {
        get;
        internal set => field = value ?? [];
    } = [];

    /// <summary>Whether it is the playground of a user, where nothing can be mirrored.</summary>
    [JsonIgnore]
    public bool IsPlayground => Type == 9;

    /// <summary>Whether it is closed.</summary>
    [JsonIgnore]
    public bool IsClosed => Status == 1 || Closed is not null;
}
