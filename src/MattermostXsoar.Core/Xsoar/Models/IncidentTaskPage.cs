using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A page of tasks of all work plans.</summary>
internal sealed class IncidentTaskPage : IAnswer
{
    private bool _isPage;

    bool IAnswer.IsComplete => _isPage;

    [JsonInclude, JsonConverter(typeof(LenientListConverter<XsoarIncidentTask>))]
    public IReadOnlyList<XsoarIncidentTask> Data
    {
        get;
        internal set => (field, _isPage) = (value ?? [], true);
    } = [];

    /// <summary>The number of matches on all pages.</summary>
    [JsonInclude]
    public int Total { get; internal set; }
}
