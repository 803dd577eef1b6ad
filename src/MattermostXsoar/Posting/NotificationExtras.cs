using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Posting;

/// <summary>What a notification has beside its text. Of a long text the first post has it.</summary>
internal sealed class NotificationExtras
{
    private bool _isAdded;

    /// <summary>The thread to reply in.</summary>
    public string? RootId { get; init; }

    /// <summary>Its channel.</summary>
    public string? RootChannelId { get; init; }

    public required IReadOnlyList<MattermostAttachment> Attachments { get; init; }

    public NewPostPriority? Priority { get; init; }

    public NewPost AddTo(NewPost post)
    {
        if (_isAdded)
            return post;
        _isAdded = true;
        return post with
        {
            Attachments = Attachments.Count > 0 ? Attachments : null,
            Metadata = Priority is null ? null : new NewPostMetadata { Priority = Priority },
        };
    }
}
