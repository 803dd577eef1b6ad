using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Describes Mattermost's 400s and 404s: by their error id, else by what the request is about.</summary>
internal static class MattermostRefusals
{
    public static ErrorDescription Describe(ApiRequest request, int status, ServerError error, string words) =>
        error.Id switch
        {
            ServerErrorIds.ChannelExists => new ErrorDescription(
                ErrorIds.ChannelExists,
                ErrorKind.Exists,
                $"The channel '{request.Subject}' cannot be created: {words}",
                "Use the existing channel, or another name. An archived channel keeps its name: restore it, or have it "
                    + "deleted permanently."
            ),
            ServerErrorIds.ChannelDeleted or ServerErrorIds.PostToDeletedChannel => new ErrorDescription(
                ErrorIds.ChannelArchived,
                ErrorKind.InvalidOperation,
                $"The channel '{request.Subject}' is archived: {words}",
                "Restore it in Mattermost, or choose another channel."
            ),
            ServerErrorIds.ChannelMemberMissing => new ErrorDescription(
                ErrorIds.UserNotFound,
                ErrorKind.NotFound,
                $"The user is not in the channel '{request.Subject}': {words}",
                "Get-MattermostUser -Channel lists the members of a channel; Add-MattermostChannelMember adds others."
            ),
            ServerErrorIds.TeamMemberMissing => new ErrorDescription(
                ErrorIds.UserNotFound,
                ErrorKind.NotFound,
                $"The user is not in the team: {words}",
                "Add the user to the team first: only members of a team can be in its channels."
            ),
            ServerErrorIds.NoSuchDirectUser => new ErrorDescription(
                ErrorIds.UserNotFound,
                ErrorKind.NotFound,
                $"Mattermost cannot find one of the users: {words}",
                "Check the ids."
            ),
            ServerErrorIds.NoSuchRoute => NoSuchRoute(request, words),
            _ => status == 404
                ? NotFound(Missing(error.Id!, request.Kind), request, words)
                : Malformed(request, error, words),
        };

    /// <summary>The noun for what a request is about.</summary>
    public static string Noun(ResourceKind kind) =>
        kind switch
        {
            ResourceKind.Team => "the team",
            ResourceKind.Channel => "the channel",
            ResourceKind.User => "the user",
            ResourceKind.Group => "the group",
            ResourceKind.Post => "the post",
            ResourceKind.File => "the file",
            _ => "the resource",
        };

    /// <summary>What a request is about, with its name; null if it names nothing.</summary>
    public static string? Named(ApiRequest request) =>
        request.Subject is { } subject
            ? CreatesChannel(request)
                ? $"the new channel '{subject}'"
                : $"{Noun(request.Kind)} '{subject}'"
            : null;

    // No route of the server matches a name with a space, for example (rest-error-404-username-malformed.json).
    private static ErrorDescription NoSuchRoute(ApiRequest request, string words) =>
        request.Kind is ResourceKind.Group or ResourceKind.None || request.Subject is null
            ? new ErrorDescription(
                ErrorIds.ServerTooOld,
                ErrorKind.NotImplemented,
                ChangesGroup(request)
                    ? "Adding and removing members of a group needs Mattermost 6.3 or later; this server does not "
                        + $"have the call: {words}"
                    : $"This Mattermost server does not have the call: {words}",
                "Update the server. If it is new enough, check the address in -Uri."
            )
            : NotFound(request.Kind, request, words);

    private static ErrorDescription Malformed(ApiRequest request, ServerError error, string words)
    {
        // "Invalid or missing channel_id parameter in request URL.": no such id can exist. Which one is decided by the
        // request, since the server's words may be in any language.
        var impossible = error.Id switch
        {
            "api.context.invalid_url_param.app_error" => ImpossibleId.InPath(request),
            "api.context.invalid_body_param.app_error" => ImpossibleId.InBody(request),
            _ => null,
        };
        if (impossible is { } kind)
            return NotFound(kind, request, words);

        return new ErrorDescription(
            ErrorIds.InvalidRequest,
            ErrorKind.InvalidArgument,
            $"Mattermost does not accept this: {words}",
            Hint(error.Id!)
        );
    }

    private static string? Hint(string serverErrorId) =>
        serverErrorId switch
        {
            ServerErrorIds.InvalidMessage or ServerErrorIds.MessageTooLong =>
                "The text is longer than this server allows in a post (MaxPostSize in its client configuration).",
            ServerErrorIds.InvalidRootId =>
                "The post to reply to is deleted, is itself a reply, or is in another channel.",
            _ when serverErrorId.StartsWith("model.channel.is_valid.", StringComparison.Ordinal) =>
                "A channel's name has 2 to 64 lower case letters, digits, dashes and underscores, with a letter or digit "
                    + "at both ends; its type is public "
                    + "or private.",
            _ => null,
        };

    // What is missing need not be what the request is about: it may be the user who is to be added to a channel.
    private static ResourceKind Missing(string serverErrorId, ResourceKind asked)
    {
        if (serverErrorId.StartsWith("app.user.", StringComparison.Ordinal))
            return ResourceKind.User;
        if (serverErrorId.StartsWith("app.team.", StringComparison.Ordinal))
            return ResourceKind.Team;
        // For a new channel in a team that does not exist the server reports a missing channel
        // (rest-error-404-channels-create-unknown-team.json).
        if (serverErrorId.StartsWith("app.channel.", StringComparison.Ordinal) && asked != ResourceKind.Team)
            return ResourceKind.Channel;
        return asked;
    }

    private static ErrorDescription NotFound(ResourceKind missing, ApiRequest request, string words)
    {
        var noun = Noun(missing);
        var named =
            missing == request.Kind && request.Subject is { } subject && !CreatesChannel(request)
                ? $"{noun} '{subject}'"
                : noun;
        var (errorId, advice) = missing switch
        {
            ResourceKind.Team => (ErrorIds.TeamNotFound, "Check the team's name, as in its links, e.g. -Team panw."),
            ResourceKind.Channel => (
                ErrorIds.ChannelNotFound,
                "Check the channel's name, as in its links, and its team. Archived channels, and private ones that the "
                    + "account is not in, are not found."
            ),
            ResourceKind.User => (ErrorIds.UserNotFound, "Check the username, the e-mail address or the id."),
            ResourceKind.Group => (ErrorIds.GroupNotFound, "Check the group's name or id."),
            ResourceKind.Post => (ErrorIds.PostNotFound, "Check the id or the address. It may have been deleted."),
            ResourceKind.File => (ErrorIds.FileNotFound, "It may have been deleted, with its post."),
            _ => (ErrorIds.InvalidRequest, "It may have been deleted."),
        };
        return new ErrorDescription(errorId, ErrorKind.NotFound, $"Mattermost cannot find {named}: {words}", advice);
    }

    private static bool ChangesGroup(ApiRequest request) =>
        request.Kind == ResourceKind.Group && request.Method != HttpMethod.Get;

    // Then the subject is the new channel, while the server looks for the team.
    private static bool CreatesChannel(ApiRequest request) =>
        request.Kind == ResourceKind.Team && request.Path == MattermostClient.ApiPath + "/channels";
}
