using System.Text.Json;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The body of XSOAR's errors.</summary>
internal sealed class XsoarError
{
    public string? Id { get; set; }

    public string? Title { get; set; }

    public string? Detail { get; set; }

    public JsonElement Error { get; set; }
}
