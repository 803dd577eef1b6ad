using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>Creates, reads, changes and closes incidents.</summary>
internal sealed class XsoarIncidents
{
    private const int MaxTries = 3;

    private readonly XsoarRoutes _routes;

    public XsoarIncidents(XsoarRoutes routes) => _routes = routes;

    /// <summary>Creates an incident. The request is not repeated when its outcome is unknown.</summary>
    /// <param name="incident">The incident as the server takes it (swagger: <c>CreateIncidentRequest</c>).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The incident; null if the answer has none, since a rule of the server dropped it, or none with an id: then only
    /// a search shows whether there is one.
    /// </returns>
    public async Task<XsoarIncident?> CreateAsync(JsonObject incident, CancellationToken cancellationToken)
    {
        var answer = await SendAsync("incident", "/incident", incident.ToJsonString(), "", cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return answer.IsEmpty ? null
                : LenientJson.Read(answer.Span, XsoarJson.Default.XsoarIncident, out _) is { Id.Length: > 0 } created
                    ? created
                : null;
        }
        catch (JsonException)
        {
            // The server has accepted it.
            return null;
        }
    }

    /// <summary>Reads an incident.</summary>
    public Task<XsoarIncident> LoadAsync(string id, CancellationToken cancellationToken) =>
        _routes.SendAsync(Load(id), XsoarJson.Default.XsoarIncident, cancellationToken);

    /// <summary>
    /// Changes an incident. The server replaces what it has by what it is sent, so the incident is read first, and read
    /// again if somebody else changed it meanwhile.
    /// </summary>
    /// <param name="id">The incident.</param>
    /// <param name="change">Changes what was read; it may be called more than once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task UpdateAsync(string id, Action<JsonObject> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await _routes.SendAsync(Load(id), cancellationToken).ConfigureAwait(false);
            var incident = Parse(response, Load(id));
            change(incident);
            try
            {
                await SendAsync("incident", "/incident", incident.ToJsonString(), id, cancellationToken)
                    .ConfigureAwait(false);
                return;
            }
            catch (ApiException error) when (attempt < MaxTries && XsoarConflict.IsStale(error))
            {
                // Read again.
            }
        }
    }

    /// <summary>Closes an incident.</summary>
    public Task CloseAsync(string id, string reason, string notes, CancellationToken cancellationToken) =>
        SendAsync(
            "incident/close",
            "/incident/close",
            Text(
                new IncidentClosing
                {
                    Id = id,
                    CloseReason = reason,
                    CloseNotes = notes,
                },
                XsoarJson.Default.IncidentClosing
            ),
            id,
            cancellationToken
        );

    /// <summary>Opens the investigation of a pending incident; one that has one is left as it is.</summary>
    public async Task OpenAsync(string id, int version, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(
                    "incident/investigate",
                    "/incident/investigate",
                    Text(new IncidentOpening { Id = id, Version = version }, XsoarJson.Default.IncidentOpening),
                    id,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (ApiException error) when (XsoarConflict.IsOpened(error))
        {
            // Somebody was faster.
        }
    }

    private static XsoarRequest Load(string id) =>
        new("incident/load", HttpMethod.Get, "/incident/load/" + Uri.EscapeDataString(id))
        {
            Kind = ResourceKind.Investigation,
            Subject = id,
        };

    private JsonObject Parse(ApiResponse response, XsoarRequest request)
    {
        try
        {
            if (JsonNode.Parse(response.Body.Span) is JsonObject incident)
                return incident;
        }
        catch (JsonException)
        {
            // The same as any other answer that is no incident.
        }

        throw _routes.WrongApi(request, response);
    }

    private async Task<ReadOnlyMemory<byte>> SendAsync(
        string route,
        string path,
        string body,
        string id,
        CancellationToken cancellationToken
    )
    {
        var request = new XsoarRequest(route, HttpMethod.Post, path)
        {
            Body = System.Text.Encoding.UTF8.GetBytes(body),
            Kind = id.Length == 0 ? ResourceKind.None : ResourceKind.Investigation,
            Subject = id.Length == 0 ? null : id,
        };
        return (await _routes.SendAsync(request, cancellationToken).ConfigureAwait(false)).Body;
    }

    private static string Text<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);
}
