using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A field of an attachment.</summary>
public sealed class MattermostAttachmentField
{
    internal MattermostAttachmentField() { }

    /// <summary>The name.</summary>
    public string Title { get; internal init; } = "";

    /// <summary>The value, in Markdown.</summary>
    public string Value { get; internal init; } = "";

    /// <summary>Whether it is short enough to stand beside another.</summary>
    [JsonPropertyName("short")]
    public bool IsShort { get; internal init; }
}
