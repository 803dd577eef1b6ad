using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>
/// Reads Mattermost's error responses: <c>{"id","message","detailed_error","request_id","status_code"}</c>.
/// </summary>
internal sealed class MattermostErrorMapper : IApiErrorMapper
{
    public const string Advice =
        "Check -Uri: it is the address at which people open Mattermost, with its sub-path if it has one. A proxy or "
        + "sign-in gateway in front of it must allow /api/v4.";

    private readonly TokenRole _role;

    public MattermostErrorMapper(TokenRole role) => _role = role;

    public string Product => "Mattermost";

    public string UriParameter => "-Uri";

    public string WrongHostAdvice => Advice;

    public ApiException? Map(ApiRequest request, ApiResponse response, ErrorText text)
    {
        if (Read(response.Body) is not { Id.Length: > 0 } error)
            return null;
        // Mattermost answers a ping without a token: a refusal comes from another API.
        if (
            request.Kind == ResourceKind.Server
            && (error.Id == ServerErrorIds.NoSuchRoute || response.Status is 401 or 403)
        )
            return null;
        var description = Describe(request, response.Status, error, text);
        return new ApiException(
            description.ErrorId,
            description.Kind,
            text.Redact($"{description.Message} {text.Trace(request, response)}"),
            description.Advice
        )
        {
            StatusCode = response.Status,
            ServerWords = text.Quote(error.Message),
            ServerErrorId = text.Redact(error.Id),
            RequestId = error.RequestId is { Length: > 0 } id ? text.Redact(id) : text.RequestId(response),
            RetryAfter = response.Status == 503 ? RetryAfter.Read(response, text.Now) : null,
            OutcomeUnknown = response.Status >= 500 && response.Status != 501 && request.Effect != RequestEffect.Read,
        };
    }

    private static ServerError? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, MattermostJson.Default.ServerError);
        }
        catch (Exception exception) when (LenientJson.IsInvalid(exception))
        {
            return null;
        }
    }

    private ErrorDescription Describe(ApiRequest request, int status, ServerError error, ErrorText text)
    {
        var words = text.Quote(error.Message);
        return status switch
        {
            _ when error.Id == ServerErrorIds.GroupNotCustom => new ErrorDescription(
                ErrorIds.InvalidRequest,
                ErrorKind.InvalidOperation,
                $"The members of the group '{request.Subject}' cannot be changed: {words}",
                "Members can be added to custom groups only; those of a directory's group are changed in the directory."
            ),
            401 => InvalidToken(),
            _ when error.Id == ServerErrorIds.FilesDisabled => new ErrorDescription(
                ErrorIds.FileSharingDisabled,
                ErrorKind.NotImplemented,
                $"File sharing is switched off on this Mattermost server: {words}",
                "Switch it on in the System Console under Site Configuration, File Sharing and Downloads."
            ),
            _ when error.Id == ServerErrorIds.UserDeactivated => new ErrorDescription(
                ErrorIds.UserDeactivated,
                ErrorKind.InvalidOperation,
                $"The user's account is deactivated: {words}",
                "Have a system administrator activate the account, or leave the user out."
            ),
            _ when error.Id == ServerErrorIds.PostUnderWay => new ErrorDescription(
                ErrorIds.ServerError,
                ErrorKind.Unavailable,
                $"Mattermost is still working on an earlier request for the same post: {words}",
                "Look whether the post is there before sending it again."
            ),
            414 => new ErrorDescription(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"A name or id is longer than Mattermost takes in an address: {words}",
                "Check the value; no name or id has so many characters."
            ),
            _ when error.Id == ServerErrorIds.PostHidden => new ErrorDescription(
                ErrorIds.PostHidden,
                ErrorKind.Permission,
                $"{MattermostRefusals.Named(request) ?? "The post"} is hidden by the limit of the message history: {words}",
                "Without a license the server shows only its newest messages. The others stay in its database: a "
                    + "license, or an export by its administrator, makes them readable."
            ),
            403 or 501 when status == 501 || error.Id == ServerErrorIds.LicenseMissing => new ErrorDescription(
                ErrorIds.LicenseRequired,
                ErrorKind.NotImplemented,
                $"This Mattermost server does not have the feature: {words}",
                "It needs a Professional or Enterprise license, or must be enabled in the System Console."
            ),
            _ when error.Id is ServerErrorIds.NoCommonTeam or ServerErrorIds.NoCommonTeamToPost => new ErrorDescription(
                ErrorIds.PermissionDenied,
                ErrorKind.Permission,
                $"Mattermost allows direct messages only between people who have a team in common: {words}",
                "Add both to a team, or have direct messages with any user allowed in the System Console (Site "
                    + "Configuration, Users and Teams, Enable users to open Direct Message channels with)."
            ),
            403 => Forbidden(request, error, words),
            413 when request.Upload is null => new ErrorDescription(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"The text is too long for one call to Mattermost: {words}",
                "Send it in parts."
            ),
            413 => new ErrorDescription(
                ErrorIds.FileTooLarge,
                ErrorKind.InvalidArgument,
                $"The file is too large for Mattermost: {words}",
                "Send a smaller file, or have the limit raised under System Console, File Storage."
            ),
            >= 500 => new ErrorDescription(
                ErrorIds.ServerError,
                ErrorKind.Unavailable,
                $"Mattermost reported an internal error: {words}",
                "Try again; if it happens again, give the request id to the server's administrator."
            ),
            _ => MattermostRefusals.Describe(request, status, error, words),
        };
    }

    private ErrorDescription InvalidToken() =>
        _role == TokenRole.Bot
            ? new ErrorDescription(
                ErrorIds.InvalidBotToken,
                ErrorKind.Authentication,
                "Invalid or expired session. Make sure the Bot Access Token is configured properly.",
                "Check that -BotToken is complete and was not revoked, and that the bot is enabled under Integrations, "
                    + "Bot Accounts."
            )
            : new ErrorDescription(
                ErrorIds.InvalidPersonalToken,
                ErrorKind.Authentication,
                "Invalid or expired session. Make sure the Personal Access Token is configured properly.",
                "Check that -PersonalAccessToken is complete and was not revoked, and that the account is active. "
                    + "Tokens are listed under Profile, Security, Personal Access Tokens."
            );

    private ErrorDescription Forbidden(ApiRequest request, ServerError error, string words)
    {
        var account = _role == TokenRole.Bot ? "the bot's account" : "the personal token's account";
        var permission = Permission(error.DetailedError) ?? request.Permission;
        var needs = permission is null ? "" : $" It needs the permission {permission}.";
        var about = MattermostRefusals.Named(request) is { } what ? $" for {what}" : "";
        var membership =
            request.Kind == ResourceKind.Channel
                ? " Mattermost answers in the same way for a channel that does not exist and for one that the account "
                    + "is not in: check the channel, and add the account to it."
                : "";
        return new ErrorDescription(
            ErrorIds.PermissionDenied,
            ErrorKind.Permission,
            $"Mattermost refused a request of {account}{about}: {words}{needs}",
            $"Grant {account} {(permission is null ? "the permission" : permission)} in Mattermost.{membership}"
        );
    }

    // "userId=…, permission=create_post," if the server runs in developer mode; empty in production.
    private static string? Permission(string? detail)
    {
        const string Key = "permission=";
        var start = detail?.IndexOf(Key, StringComparison.Ordinal) ?? -1;
        if (start < 0)
            return null;
        var rest = detail!.Substring(start + Key.Length);
        var name = new string(rest.TakeWhile(letter => letter is '_' or (>= 'a' and <= 'z')).ToArray());
        return name.Length == 0 ? null : name;
    }
}
