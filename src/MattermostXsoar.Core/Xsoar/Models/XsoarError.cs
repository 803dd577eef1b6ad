using System.Text.Json;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The body of XSOAR's errors.</summary>
internal sealed class XsoarError
{
    public string? Id { get; set; }

    public string? Title { get; set; }

    public string? Detail { get; set; }

    public JsonElement Error { get; set; }

    /// <summary>What the platform of 8.x sends instead: <c>{"reply":{"err_code":403,"err_msg":"…"}}</c>.</summary>
    public JsonElement Reply { get; set; }
}
