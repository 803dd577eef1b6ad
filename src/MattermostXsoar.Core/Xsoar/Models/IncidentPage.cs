using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A page of a search for incidents.</summary>
internal sealed class IncidentPage : IAnswer
{
    private bool _isPage;

    bool IAnswer.IsComplete => _isPage;

    /// <summary>The incidents; empty if the server sends null, as it does when nothing matches.</summary>
    [JsonInclude, JsonConverter(typeof(LenientListConverter<XsoarIncident>))]
    public IReadOnlyList<XsoarIncident> Data
    {
        get;
        internal set => (field, _isPage) = (value ?? [], true);
    } = [];

    /// <summary>The number of matches on all pages.</summary>
    [JsonInclude]
    public int Total
    {
        get;
        internal set => (field, _isPage) = (value, true);
    }
}
