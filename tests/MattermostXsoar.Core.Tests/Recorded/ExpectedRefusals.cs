using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Tests.Recorded;

/// <summary>What each recorded refusal has to become, by the file's name, where the status alone does not show
/// it.</summary>
internal static class ExpectedRefusals
{
    private static readonly Dictionary<string, (string ErrorId, ErrorKind Kind)> ByName = new()
    {
        ["rest-error-404-user-id"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-400-user-id-malformed"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-user-username"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-user-email"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-400-user-email-malformed"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-username-malformed"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-team-name"] = (ErrorIds.TeamNotFound, ErrorKind.NotFound),
        ["rest-error-404-team-id"] = (ErrorIds.TeamNotFound, ErrorKind.NotFound),
        ["rest-error-400-team-id-malformed"] = (ErrorIds.TeamNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-create-unknown-team"] = (ErrorIds.TeamNotFound, ErrorKind.NotFound),
        ["rest-error-404-channel-id"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-400-channel-id-malformed"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-channel-name"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-get-deleted-by-name"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-delete-unknown"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-member-add-unknown-channel"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-member-remove-unknown-channel"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-member-add-unknown-user"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-400-channels-member-add-malformed-user"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-member-add-not-in-team"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-member"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-member-remove-not-a-member"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-member-remove-again"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-member-remove-unknown-user"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-member-remove-private-not-a-member"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-400-channels-create-duplicate"] = (ErrorIds.ChannelExists, ErrorKind.Exists),
        ["rest-error-400-channels-create-duplicate-of-private"] = (ErrorIds.ChannelExists, ErrorKind.Exists),
        ["rest-error-400-channels-create-name-of-deleted"] = (ErrorIds.ChannelExists, ErrorKind.Exists),
        ["rest-error-400-channels-delete-again"] = (ErrorIds.ChannelArchived, ErrorKind.InvalidOperation),
        ["rest-error-400-posts-create-in-deleted-channel"] = (ErrorIds.ChannelArchived, ErrorKind.InvalidOperation),
        ["rest-error-404-file-info"] = (ErrorIds.FileNotFound, ErrorKind.NotFound),
        ["rest-error-400-channels-direct-unknown-user"] = (ErrorIds.UserNotFound, ErrorKind.NotFound),
        ["rest-error-404-post"] = (ErrorIds.PostNotFound, ErrorKind.NotFound),
        ["rest-error-404-posts-get-deleted"] = (ErrorIds.PostNotFound, ErrorKind.NotFound),
        ["rest-error-400-post-id-malformed"] = (ErrorIds.PostNotFound, ErrorKind.NotFound),
        ["rest-error-404-posts-of-unknown-channel"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-get-by-name-private-not-a-member"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-get-by-name-non-ascii"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-channels-get-by-name-encoded-slash"] = (ErrorIds.ChannelNotFound, ErrorKind.NotFound),
        ["rest-error-404-files-info-after-removal"] = (ErrorIds.FileNotFound, ErrorKind.NotFound),
        ["rest-error-404-posts-get-reply-of-deleted-root"] = (ErrorIds.PostNotFound, ErrorKind.NotFound),
        ["rest-error-413-posts-create-body-of-300513-bytes"] = (ErrorIds.InvalidArgument, ErrorKind.InvalidArgument),
        ["rest-error-413-posts-create-huge-body"] = (ErrorIds.InvalidArgument, ErrorKind.InvalidArgument),
        ["rest-error-400-posts-create-in-archived-channel-by-user1"] = (
            ErrorIds.ChannelArchived,
            ErrorKind.InvalidOperation
        ),
        ["rest-error-400-channels-delete-by-bot"] = (ErrorIds.ChannelArchived, ErrorKind.InvalidOperation),
        ["rest-error-400-channels-patch-name-taken"] = (ErrorIds.ChannelExists, ErrorKind.Exists),
        ["rest-error-403-channels-member-add-deactivated-user"] = (
            ErrorIds.UserDeactivated,
            ErrorKind.InvalidOperation
        ),
        ["rest-error-403-channels-member-add-deactivated-new"] = (ErrorIds.UserDeactivated, ErrorKind.InvalidOperation),
        ["rest-error-403-post-get-past-limit"] = (ErrorIds.PostHidden, ErrorKind.Permission),
    };

    public static (string ErrorId, ErrorKind Kind) For(RecordedAnswer recorded)
    {
        var file = recorded.Name[(recorded.Name.LastIndexOf('/') + 1)..];
        if (ByName.TryGetValue(file, out var expected))
            return expected;
        return recorded.Status switch
        {
            400 => (ErrorIds.InvalidRequest, ErrorKind.InvalidArgument),
            401 => (ErrorIds.InvalidBotToken, ErrorKind.Authentication),
            403 => (ErrorIds.PermissionDenied, ErrorKind.Permission),
            500 => (ErrorIds.ServerError, ErrorKind.Unavailable),
            501 => (ErrorIds.LicenseRequired, ErrorKind.NotImplemented),
            _ => throw new ArgumentException($"What should {recorded.Name} become?"),
        };
    }
}
