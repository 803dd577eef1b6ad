using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The body with which an investigation's entries are asked for.</summary>
internal sealed class EntrySearch
{
    public int PageSize { get; init; }

    [JsonConverter(typeof(XsoarOptionalTimeConverter))]
    public DateTimeOffset? FromTime { get; init; }

    public string? LastId { get; init; }

    [JsonPropertyName("firstID")]
    public string? FirstId { get; init; }

    public IReadOnlyCollection<string>? Categories { get; init; }

    public IReadOnlyCollection<string>? Tags { get; init; }
}
