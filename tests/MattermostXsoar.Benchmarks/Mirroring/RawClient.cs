using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>The floor's POSTs: one HttpClient, a body, the answer read completely.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private readonly Uri _uri;
    private readonly string _authorization;

    private RawClient(Uri uri, string authorization)
    {
        _uri = uri;
        _authorization = authorization;
    }

    public static RawClient ChatToWarRoom(SandboxServer sandbox) =>
        ChatToWarRoom(sandbox.XsoarUri, sandbox.XsoarApiKey);

    public static RawClient ChatToWarRoom(Uri xsoar, string apiKey) => new(new Uri(xsoar, "/entry/formatted"), apiKey);

    public static RawClient WarRoomToChat(SandboxServer sandbox) =>
        new(new Uri(sandbox.MattermostUri, "/api/v4/posts"), "Bearer " + sandbox.BotToken);

    /// <summary>The body of an entry with the text that the mirror would write for a post.</summary>
    public static byte[] EntryBody(SandboxServer sandbox, string investigationId, string postId, string message) =>
        EntryBody(sandbox.MattermostUri, sandbox.TeamName, investigationId, postId, message);

    /// <inheritdoc cref="EntryBody(SandboxServer, string, string, string)"/>
    public static byte[] EntryBody(
        Uri mattermost,
        string team,
        string investigationId,
        string postId,
        string message
    ) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                investigationId,
                format = "markdown",
                contents = $"**First1 Last1 (@{MirrorStage.Person})**: {message}\n**From Mattermost** "
                    + $"([post]({mattermost}{team}/pl/{postId}))",
            }
        );

    /// <summary>The body of a post with the text that the mirror would write for an entry.</summary>
    public static byte[] PostBody(
        string channelId,
        string investigationId,
        string entryId,
        string author,
        string text
    ) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                channel_id = channelId,
                message = $"**{author}**: {text}",
                pending_post_id = $"{channelId}:{entryId}:0",
                props = new
                {
                    xsoar_entry_id = entryId,
                    xsoar_part = "0",
                    xsoar_investigation_id = investigationId,
                },
            }
        );

    public async Task<byte[]> PostAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _uri);
        request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(Encoding.UTF8.GetString(text));
    }

    public void Dispose() => _http.Dispose();
}
