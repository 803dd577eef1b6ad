using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A page of a search for incidents.</summary>
internal sealed class IncidentPage
{
    /// <summary>The incidents; empty if the server sends null, as it does when nothing matches.</summary>
    [JsonInclude]
    public IReadOnlyList<XsoarIncident> Data
    {
        get;
        internal set => field = value?.Where(incident => incident is not null).ToList() ?? [];
    } = [];

    /// <summary>The number of matches on all pages.</summary>
    [JsonInclude]
    public int Total { get; internal set; }
}
