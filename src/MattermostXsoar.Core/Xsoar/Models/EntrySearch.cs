using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The body of a request for an investigation with its entries.</summary>
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
