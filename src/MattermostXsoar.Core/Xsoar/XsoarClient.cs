using System.Globalization;
using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>A client of an XSOAR server (6.10 and later, or 8.x) with one API key.</summary>
internal sealed class XsoarClient : IDisposable
{
    private readonly HttpConnection _connection;
    private readonly XsoarRoutes _routes;
    private int _disposed;

    private XsoarClient(HttpConnection connection, AccessToken key, string? keyId, string? prefix)
    {
        _connection = connection;
        KeyId = keyId;
        _routes = new XsoarRoutes(
            new ApiTransport(connection, ApiCredentials.Key(key, keyId), new XsoarErrorMapper(keyId is not null)),
            XsoarRoutes.Prefixes(keyId, prefix)
        );
        Files = new XsoarFiles(_routes);
        Users = new XsoarUsers(_routes, keyId is not null);
        Incidents = new XsoarIncidents(_routes);
        Tasks = new XsoarTasks(_routes);
    }

    /// <summary>The server's address without the prefix of its API.</summary>
    public Uri BaseUri => _connection.BaseUri;

    /// <summary>The id of the API key on 8.x; null on 6.x.</summary>
    public string? KeyId { get; }

    /// <summary>The files of War Rooms.</summary>
    public XsoarFiles Files { get; }

    /// <summary>The users.</summary>
    public XsoarUsers Users { get; }

    /// <summary>The incidents, to be created and changed.</summary>
    public XsoarIncidents Incidents { get; }

    /// <summary>The tasks of playbooks.</summary>
    public XsoarTasks Tasks { get; }

    /// <summary>Creates a client.</summary>
    /// <param name="uri">The server's address; on 8.x that of its API host, <c>https://api-…</c>.</param>
    /// <param name="key">The API key.</param>
    /// <param name="keyId">The key's id, which exists on 8.x only; if it is given, the routes of 8.x are used.</param>
    /// <param name="transport">How to reach the server.</param>
    /// <param name="environment">Clock, randomness, redaction and observer.</param>
    /// <param name="prefix">The prefix of all routes, if it is neither empty nor one of the two of 8.x.</param>
    public static XsoarClient Create(
        Uri uri,
        AccessToken key,
        string? keyId,
        TransportOptions transport,
        ClientEnvironment environment,
        string? prefix = null
    ) =>
        new(
            new HttpConnection(XsoarRoutes.WithoutPrefix(ServerAddress.Normalize(uri, "")), transport, environment),
            key,
            KeyIdOrNull(keyId),
            prefix
        );

    /// <summary>Checks that there is an XSOAR server, and reads its version.</summary>
    /// <exception cref="ApiException">WrongHost if something else answers.</exception>
    public async Task<XsoarServerInfo> AboutAsync(CancellationToken cancellationToken)
    {
        var request = new XsoarRequest("about", HttpMethod.Get, "/about") { Kind = ResourceKind.Server };
        var info = await _routes.SendAsync(request, XsoarJson.Default.XsoarServerInfo, cancellationToken);
        if (info.Version.Length > 0)
            return info;
        throw new ApiException(
            ErrorIds.WrongHost,
            ErrorKind.Connection,
            $"{_routes.Text.Address} answered GET /about, but not as XSOAR does: the version is missing.",
            XsoarErrorMapper.Advice(KeyId is not null)
        );
    }

    /// <summary>Searches for incidents. This has no side effects on the server.</summary>
    public Task<IncidentPage> SearchIncidentsAsync(IncidentQuery query, CancellationToken cancellationToken)
    {
        var search = new IncidentSearch
        {
            UserFilter = false,
            Filter = new IncidentFilter
            {
                Id = query.Ids,
                Status = query.Statuses,
                Level = query.Severities,
                Type = query.Types,
                Name = query.Names,
                Query = QueryText(query),
                Page = query.Page,
                Size = query.Size,
                // By a field that does not change while the pages are read.
                Sort = query.NewestFirst
                    ? [new SearchSort("created", Asc: false), new SearchSort("id", Asc: false)]
                    : [new SearchSort("id", Asc: true)],
            },
        };
        var request = new XsoarRequest("incidents/search", HttpMethod.Post, "/incidents/search")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(search, XsoarJson.Default.IncidentSearch),
            Effect = RequestEffect.Read,
            Answer = AnswerSize.List,
        };
        return _routes.SendAsync(request, XsoarJson.Default.IncidentPage, cancellationToken);
    }

    /// <summary>Reads an investigation with the requested entries.</summary>
    /// <remarks>
    /// For an unknown id XSIAM creates an empty investigation instead of reporting an error: search for the incident
    /// first.
    /// </remarks>
    public Task<XsoarInvestigation> GetInvestigationAsync(
        string id,
        EntryQuery query,
        CancellationToken cancellationToken
    )
    {
        var search = new EntrySearch
        {
            PageSize = query.PageSize,
            FromTime = query.FromTime,
            LastId = query.LastId,
            FirstId = query.FirstId,
            Categories = query.Categories,
            Tags = query.Tags,
        };
        var request = new XsoarRequest("investigation", HttpMethod.Post, "/investigation/" + Uri.EscapeDataString(id))
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(search, XsoarJson.Default.EntrySearch),
            Effect = RequestEffect.Read,
            Answer = AnswerSize.WarRoom,
            Kind = ResourceKind.Investigation,
            Subject = id,
        };
        return _routes.SendAsync(request, XsoarJson.Default.XsoarInvestigation, cancellationToken);
    }

    /// <summary>
    /// Adds an entry that is displayed and never executed, whatever it begins with. The request is not repeated when
    /// its outcome is unknown.
    /// </summary>
    /// <param name="investigationId">The investigation.</param>
    /// <param name="contents">The text.</param>
    /// <param name="format"><c>markdown</c>, <c>text</c>, <c>html</c>, <c>json</c> or <c>table</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<XsoarEntry> AddFormattedEntryAsync(
        string investigationId,
        string contents,
        string format = "markdown",
        CancellationToken cancellationToken = default
    )
    {
        var entry = new NewFormattedEntry
        {
            InvestigationId = investigationId,
            Format = format,
            Contents = contents,
        };
        var request = new XsoarRequest("entry/formatted", HttpMethod.Post, "/entry/formatted")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(entry, XsoarJson.Default.NewFormattedEntry),
            Kind = ResourceKind.Investigation,
            Subject = investigationId,
        };
        return _routes.SendAsync(request, XsoarJson.Default.XsoarEntry, cancellationToken);
    }

    /// <summary>Marks an entry as a note, or takes that back; doing it twice changes nothing.</summary>
    /// <param name="investigationId">The investigation.</param>
    /// <param name="entryId">The entry.</param>
    /// <param name="isNote">Whether it is to be a note.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The entry as it is now.</returns>
    public Task<XsoarEntry> MarkAsNoteAsync(
        string investigationId,
        string entryId,
        bool isNote,
        CancellationToken cancellationToken
    ) =>
        UpdateEntryAsync(
            "/entry/note",
            new EntryUpdate
            {
                Id = entryId,
                InvestigationId = investigationId,
                Data = isNote ? "true" : "false",
            },
            cancellationToken
        );

    /// <summary>
    /// Gives an entry another text. That this route edits is inferred (xsoar-swagger.json: its body has an id and a
    /// version, and entries have a history), nobody has been seen doing it: a server may add a further entry instead,
    /// which the id that comes back reveals.
    /// </summary>
    /// <param name="investigationId">The investigation.</param>
    /// <param name="entryId">The entry.</param>
    /// <param name="markdown">The text. It must not begin with <c>!</c>, <c>/</c> or <c>@</c>: this route would run it
    /// as a command.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The entry that has the text now.</returns>
    public Task<XsoarEntry> EditEntryAsync(
        string investigationId,
        string entryId,
        string markdown,
        CancellationToken cancellationToken
    )
    {
        if (markdown.TrimStart() is "" or ['!' or '/' or '@', ..])
            throw new ArgumentException("The War Room would run this text as a command.", nameof(markdown));
        return UpdateEntryAsync(
            "/entry",
            new EntryUpdate
            {
                Id = entryId,
                InvestigationId = investigationId,
                Data = markdown,
                Markdown = true,
            },
            cancellationToken
        );
    }

    /// <summary>Gives an entry tags, in place of those that it has; doing it again changes nothing.</summary>
    public Task TagEntryAsync(
        string investigationId,
        string entryId,
        IReadOnlyList<string> tags,
        CancellationToken cancellationToken
    )
    {
        var update = new EntryTags
        {
            Id = entryId,
            InvestigationId = investigationId,
            Tags = tags,
        };
        var request = new XsoarRequest("entry/tags", HttpMethod.Post, "/entry/tags")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(update, XsoarJson.Default.EntryTags),
            Kind = ResourceKind.Investigation,
            Subject = investigationId,
        };
        return _routes.SendAsync(request, cancellationToken);
    }

    private Task<XsoarEntry> UpdateEntryAsync(string path, EntryUpdate update, CancellationToken cancellationToken)
    {
        if (update.Id.Length == 0)
            throw new ArgumentException("Without an id this call makes a new entry.", nameof(update));
        var request = new XsoarRequest(path.TrimStart('/'), HttpMethod.Post, path)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(update, XsoarJson.Default.EntryUpdate),
            Kind = ResourceKind.Investigation,
            Subject = update.InvestigationId,
        };
        return _routes.SendAsync(request, XsoarJson.Default.XsoarEntry, cancellationToken);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _connection.Release();
    }

    private static string? KeyIdOrNull(string? keyId)
    {
        if (string.IsNullOrWhiteSpace(keyId))
            return null;
        var id = keyId!.Trim();
        return id.All(char.IsDigit)
            ? id
            : throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                "The id of the XSOAR API key is not a number.",
                "Check -XsoarApiKeyId: it is the number in the ID column of Settings, Configurations, API Keys."
            );
    }

    private static string? QueryText(IncidentQuery query)
    {
        if (query.ModifiedSince is not { } since)
            return query.Query;
        var modified = string.Format(CultureInfo.InvariantCulture, "modified:>=\"{0}\"", XsoarTime.Format(since));
        return string.IsNullOrWhiteSpace(query.Query) ? modified : $"({query.Query}) and {modified}";
    }
}
