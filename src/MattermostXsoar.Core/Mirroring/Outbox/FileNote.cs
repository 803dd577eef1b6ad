using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The notes about files beside the text of a message.</summary>
internal static class FileNote
{
    /// <summary>The note about files in a post's entry; empty where the entry shows the file itself.</summary>
    public static string For(DeliveryRecord delivery, PostPayload post) =>
        delivery.Kind != DeliveryKind.Message ? ForEdit(post, [])
        : post.FileId.Length == 0 || !delivery.IsFurtherPart ? ""
        : delivery.Aspect == MessageAspect.File ? "*(a file that was added to the message)*"
        : string.Format(CultureInfo.InvariantCulture, "*(file {0} of {1})*", delivery.Part + 1, post.Files);

    /// <summary>The note about files in the entry of an edit.</summary>
    /// <param name="post">The post.</param>
    /// <param name="changes">What the edit did to them.</param>
    public static string ForEdit(PostPayload post, IReadOnlyList<string> changes)
    {
        var count =
            post.Files == 0 ? ""
            : post.Files == 1 ? "1 file"
            : string.Format(CultureInfo.InvariantCulture, "{0} files", post.Files);
        var parts = changes.Prepend(count).Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? "" : $"*({string.Join("; ", parts)})*";
    }

    /// <summary>What an edit did to a file.</summary>
    /// <param name="name">The file's name; empty if it is not known.</param>
    /// <param name="what">What happened to it, such as "was removed".</param>
    public static string Change(string name, string what) =>
        name.Length > 0 ? $"the file {Markdown.Name(name)} {what}" : $"a file {what}";

    /// <summary>The note that a file was not mirrored, and why.</summary>
    /// <param name="name">Its name, if known.</param>
    /// <param name="size">Its size in bytes; 0 if it is not known.</param>
    /// <param name="cause">Why.</param>
    /// <param name="where">The side that does not accept it.</param>
    public static string NotMirrored(string name, long size, MattermostXsoarException cause, string where)
    {
        var which = name.Length > 0 ? $"The file {Markdown.Name(name)}" : "A file";
        var bytes = size > 0 ? string.Format(CultureInfo.InvariantCulture, " ({0:N0} bytes)", size) : "";
        var reason = cause.ErrorId switch
        {
            ErrorIds.FileTooLarge => $"it is too large for {where}",
            ErrorIds.FileNotFound => "it no longer exists",
            ErrorIds.FileSharingDisabled => "file sharing is switched off in Mattermost",
            _ => $"{where} does not accept it",
        };
        return $"*({which}{bytes} was not mirrored: {reason}.)*";
    }
}
