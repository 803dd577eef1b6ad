namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>A coloured block below the text of a post, with a title, a text and fields.</summary>
public sealed class MattermostAttachment
{
    internal MattermostAttachment() { }

    /// <summary>The text where blocks cannot be shown, such as in notifications of a phone.</summary>
    public string? Fallback { get; internal init; }

    /// <summary>The colour of its left edge, <c>#RRGGBB</c>.</summary>
    public string? Color { get; internal init; }

    /// <summary>A text above the block.</summary>
    public string? Pretext { get; internal init; }

    /// <summary>The title.</summary>
    public string? Title { get; internal init; }

    /// <summary>The address that the title leads to.</summary>
    public string? TitleLink { get; internal init; }

    /// <summary>The text, in Markdown.</summary>
    public string? Text { get; internal init; }

    /// <summary>The fields, as a table.</summary>
    public IReadOnlyList<MattermostAttachmentField>? Fields { get; internal init; }

    /// <summary>A short text at the end of the block.</summary>
    public string? Footer { get; internal init; }

    /// <summary>The title, or what is there instead.</summary>
    public override string ToString() => Title ?? Fallback ?? Text ?? "";
}
