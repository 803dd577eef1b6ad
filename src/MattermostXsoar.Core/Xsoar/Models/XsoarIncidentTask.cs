using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A task of any work plan, with its investigation.</summary>
internal sealed class XsoarIncidentTask : IAnswer
{
    bool IAnswer.IsComplete => InvestigationId.Length > 0 && Task is not null;

    [JsonInclude, JsonPropertyName("invId")]
    public string InvestigationId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    [JsonInclude, JsonPropertyName("invName")]
    public string InvestigationName
    {
        get;
        internal set => field = value ?? "";
    } = "";

    [JsonInclude]
    public XsoarTask? Task { get; internal set; }
}
