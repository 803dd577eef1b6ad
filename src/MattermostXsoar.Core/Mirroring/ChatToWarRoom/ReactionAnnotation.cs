using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// People's reactions to a message are one entry of the War Room, which is kept up to date where the server allows
/// edits of entries, and otherwise replaced by a further one.
/// </summary>
internal sealed class ReactionAnnotation(
    MattermostAccess mattermost,
    XsoarAccess xsoar,
    StateStore store,
    MirrorRecord mirror
) : IPostAnnotation
{
    private readonly ReactionFormatter _formatter = new(mattermost, mirror);

    public MessageAspect Aspect => MessageAspect.Reactions;

    public bool IsShownByMessage => false;

    public bool IsMirrored(MirrorRecord mirror) => mirror.OptionalAspects.Contains(Aspect);

    /// <summary>The emoji in the order of their first reaction, each with the ids of those who chose it.</summary>
    public string StateOf(MattermostPost post)
    {
        if (
            post.MetadataJson.ValueKind != JsonValueKind.Object
            || !post.MetadataJson.TryGetProperty("reactions", out var reactions)
            || reactions.ValueKind != JsonValueKind.Array
        )
            return "";
        var byEmoji = reactions
            .EnumerateArray()
            .Select(reaction =>
                (User: Text(reaction, "user_id"), Emoji: Text(reaction, "emoji_name"), At: At(reaction))
            )
            .Where(reaction => reaction is { User.Length: > 0, Emoji.Length: > 0 })
            .Where(reaction => reaction.User != mattermost.BotUser.Id)
            .OrderBy(reaction => reaction.At)
            .GroupBy(reaction => reaction.Emoji, StringComparer.Ordinal);
        return string.Join(
            "\n",
            byEmoji.Select(group => $"{group.Key}:{string.Join(",", group.Select(reaction => reaction.User))}")
        );
    }

    public async Task<DeliveryOutcome> SendAsync(
        DeliveryRecord delivery,
        PostPayload post,
        CancellationToken cancellationToken
    )
    {
        var text = await _formatter
            .FormatAsync(post, BackLink.WhatIs(delivery), cancellationToken)
            .ConfigureAwait(false);
        var shown = store.TargetOf(mirror.Id, delivery.Direction, delivery.SourceId, 0, MessageAspect.Reactions);
        var edited = shown is null ? null : await TryEditAsync(shown, text, cancellationToken).ConfigureAwait(false);
        return DeliveryOutcome.Arrived(
            edited
                ?? (
                    await xsoar
                        .Client.AddFormattedEntryAsync(
                            mirror.InvestigationId,
                            text,
                            cancellationToken: cancellationToken
                        )
                        .ConfigureAwait(false)
                ).Id
        );
    }

    // That entries can be edited is only inferred (XsoarClient.EditEntryAsync). A server that adds a further entry
    // instead has done what is needed.
    private async Task<string?> TryEditAsync(string entryId, string text, CancellationToken cancellationToken)
    {
        if (!xsoar.EditsEntries)
            return null;
        try
        {
            var entry = await xsoar
                .Client.EditEntryAsync(mirror.InvestigationId, entryId, text, cancellationToken)
                .ConfigureAwait(false);
            xsoar.EditsEntries = entry.Id == entryId;
            return entry.Id;
        }
        catch (ApiException exception)
            when (!exception.OutcomeUnknown
                && exception.ErrorId != ErrorIds.InvestigationClosed
                && exception.Kind is ErrorKind.InvalidArgument or ErrorKind.NotFound or ErrorKind.Permission
            )
        {
            // Somebody deleted it, or this key is not allowed to edit it.
            return null;
        }
    }

    private static string Text(JsonElement reaction, string name) =>
        reaction.ValueKind == JsonValueKind.Object
        && reaction.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.TextOrEmpty()
            : "";

    private static long At(JsonElement reaction) =>
        reaction.ValueKind == JsonValueKind.Object
        && reaction.TryGetProperty("create_at", out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var at)
            ? at
            : 0;
}
