using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>An XSOAR incident.</summary>
internal sealed class XsoarIncident : IAnswer
{
    bool IAnswer.IsComplete => Id.Length > 0;

    /// <summary>The id.</summary>
    [JsonInclude]
    public string Id
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Increases with every change.</summary>
    [JsonInclude]
    public int Version { get; internal set; }

    /// <summary>The name.</summary>
    [JsonInclude]
    public string Name
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The incident type.</summary>
    [JsonInclude]
    public string Type
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>0 pending, 1 active, 2 closed, 3 archived.</summary>
    [JsonInclude]
    public int Status { get; internal set; }

    /// <summary>The owner's user name; empty without one.</summary>
    [JsonInclude]
    public string Owner
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When it was created.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarTimeConverter))]
    public DateTimeOffset Created { get; internal set; }

    /// <summary>When it was last changed.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarTimeConverter))]
    public DateTimeOffset Modified { get; internal set; }

    /// <summary>When it was closed; null if it is open.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarOptionalTimeConverter))]
    public DateTimeOffset? Closed { get; internal set; }

    /// <summary>The investigation with the War Room; empty while the incident is pending.</summary>
    [JsonInclude]
    public string InvestigationId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>0 unknown, 0.5 informational, 1 low, 2 medium, 3 high, 4 critical.</summary>
    [JsonInclude]
    public double Severity { get; internal set; }

    /// <summary>When it is due by its SLA; null for never.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarOptionalTimeConverter))]
    public DateTimeOffset? DueDate { get; internal set; }

    /// <summary>The labels.</summary>
    [JsonInclude, JsonConverter(typeof(LenientListConverter<XsoarLabel>))]
    public IReadOnlyList<XsoarLabel> Labels
    {
        get;
        internal set => field = value ?? [];
    } = [];

    /// <summary>When it happened; null if that is not known.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarOptionalTimeConverter))]
    public DateTimeOffset? Occurred { get; internal set; }

    /// <summary>The description.</summary>
    [JsonInclude]
    public string Details
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Why it was closed; empty if it is open.</summary>
    [JsonInclude]
    public string CloseReason
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>What was written when it was closed.</summary>
    [JsonInclude]
    public string CloseNotes
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The custom fields, an object; null occurs.</summary>
    [JsonInclude, JsonPropertyName("CustomFields")]
    public JsonElement CustomFields { get; internal set; }

    /// <summary>Whether the incident is closed or archived.</summary>
    [JsonIgnore]
    public bool IsClosed => Status >= 2 || Closed is not null;

    /// <summary>The roles that may see the incident; empty for everybody.</summary>
    [JsonInclude]
    public IReadOnlyList<string> Roles
    {
        get;
        internal set => field = value ?? [];
    } = [];

    /// <summary>Whether a user may see it, as far as its roles say.</summary>
    public bool IsVisibleTo(XsoarUser user) =>
        Roles.Count == 0
        || user.RoleNames.Any(role =>
            role.EndsWith("Administrator", StringComparison.Ordinal)
            || Roles.Contains(role, StringComparer.OrdinalIgnoreCase)
        );
}
