using System.Globalization;
using System.Text.Json.Nodes;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Engine;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// Creates the incidents that a message asks for, each once. They are in the store before the first is created, and each
/// has a label with the message's id, by which it is found again when it is not known whether it was created.
/// </summary>
internal sealed class IncidentCreation(MirrorContext context, ChatSettings settings)
{
    private const int SearchPage = 250;
    private const int MaxSearchPages = 20;

    // How far the two servers' clocks may differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    private readonly ChatRetry _retry = new(context, ListenerLogEvents.MessageFailed);

    /// <summary>Creates what a new message asks for.</summary>
    /// <returns>The answer.</returns>
    public async Task<string> CreateAsync(HandledMessage message, XsoarIdentity identity, CancellationToken stopping)
    {
        var order = IncidentOrder.Read(message.Text);
        if (order.Problem is not null)
            return order.Problem;
        var plan = new JsonArray([
            .. order.Incidents.Select(
                (incident, number) =>
                    IncidentFields.Complete(
                        incident,
                        identity.Account is not null,
                        settings.IncidentType,
                        identity.User!.Username,
                        identity.User.Email,
                        MarkOf(message, number),
                        message.Text
                    )
            ),
        ]);
        var acting = message with { State = HandledMessageState.Acting, Plan = plan.ToJsonString() };
        await context.Store.Messages.SaveAsync(acting).ConfigureAwait(false);
        return await ExecuteAsync(acting, mayExist: false, stopping).ConfigureAwait(false);
    }

    /// <summary>Creates what an ended process left: it may have created some of it.</summary>
    /// <returns>The answer.</returns>
    public Task<string> ResumeAsync(HandledMessage message, CancellationToken stopping) =>
        ExecuteAsync(message, mayExist: true, stopping);

    private async Task<string> ExecuteAsync(HandledMessage message, bool mayExist, CancellationToken stopping)
    {
        var answers = new List<string>();
        var number = 0;
        foreach (var incident in JsonNode.Parse(message.Plan!)!.AsArray().OfType<JsonObject>())
            answers.Add(
                await CreateOneAsync(message, incident, MarkOf(message, number++), mayExist, stopping)
                    .ConfigureAwait(false)
            );
        return string.Join("\n", answers.Distinct());
    }

    private async Task<string> CreateOneAsync(
        HandledMessage message,
        JsonObject incident,
        string mark,
        bool mayExist,
        CancellationToken stopping
    )
    {
        var isDoubtful = mayExist;
        try
        {
            var created = await _retry
                .RunAsync(
                    async () =>
                    {
                        if (
                            isDoubtful
                            && await FindAsync(mark, message.WrittenAt, stopping).ConfigureAwait(false) is { } found
                        )
                            return found;
                        isDoubtful = false;
                        context.Runtime.StopPoints.At(StopPoint.MessageActing);
                        try
                        {
                            var answer = await context
                                .Xsoar.Client.Incidents.CreateAsync(incident, stopping)
                                .ConfigureAwait(false);
                            context.Runtime.StopPoints.At(StopPoint.MessageActed);
                            // Without an id in the answer only a search tells.
                            return answer ?? await FindAsync(mark, message.WrittenAt, stopping).ConfigureAwait(false);
                        }
                        catch (Exception error) when (error is not ApiException { OutcomeUnknown: false })
                        {
                            isDoubtful = true;
                            throw;
                        }
                    },
                    ChatRetry.ManyTries,
                    stopping
                )
                .ConfigureAwait(false);
            return created is null
                ? ChatReplies.CreationFailed
                : ChatReplies.Created(NameOf(created, incident), context.Xsoar.LinkTo(created.Id));
        }
        catch (AttemptsExhaustedException exhausted)
        {
            context.Runtime.Log.Warning(
                ListenerLogEvents.MessageFailed,
                $"The incident that user {message.UserId} asked for in message {message.PostId} could not be created: "
                    + exhausted.InnerException?.Message,
                null,
                new() { Error = exhausted.InnerException }
            );
            return isDoubtful ? ChatReplies.CreationUnknown : ChatReplies.CreationFailed;
        }
    }

    private async Task<XsoarIncident?> FindAsync(string mark, long writtenAt, CancellationToken cancellationToken)
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(writtenAt) - Skew;
        for (var page = 0; page < MaxSearchPages; page++)
        {
            var found = await context
                .Xsoar.Client.SearchIncidentsAsync(
                    new IncidentQuery
                    {
                        Query = $"created:>=\"{XsoarTime.Format(since)}\"",
                        Page = page,
                        Size = SearchPage,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (
                found.Data.FirstOrDefault(incident =>
                    incident.Labels.Any(label => label.Type == IncidentFields.PostLabel && label.Value == mark)
                ) is
                { } created
            )
                return created;
            if (found.Data.Count < SearchPage)
                return null;
        }

        return null;
    }

    private static string NameOf(XsoarIncident created, JsonObject incident) =>
        created.Name.Length > 0 ? created.Name : IncidentFields.Text(incident, "name") ?? created.Id;

    private static string MarkOf(HandledMessage message, int number) =>
        number == 0
            ? message.PostId
            : string.Format(CultureInfo.InvariantCulture, "{0}:{1}", message.PostId, number + 1);
}
