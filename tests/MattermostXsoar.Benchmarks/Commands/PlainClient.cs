using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Benchmarks.Commands;

/// <summary>The floor: one HttpClient and System.Text.Json, and nothing else.</summary>
internal sealed class PlainClient : IDisposable
{
    // The most that the server returns in one page.
    private const int PageSize = 200;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private readonly ServerProcess _server;

    public PlainClient(ServerProcess server)
    {
        _server = server;
        _http.BaseAddress = new Uri(server.Uri, "/api/v4/");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.PersonalToken);
    }

    /// <summary>All users, page by page.</summary>
    public async Task<List<MattermostUser>> ListUsersAsync()
    {
        var all = new List<MattermostUser>();
        for (var page = 0; ; page++)
        {
            using var answer = await _http.GetAsync(
                new Uri($"users?page={page}&per_page={PageSize}", UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead
            );
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync();
            var users = (await JsonSerializer.DeserializeAsync(body, MattermostJson.Default.ListMattermostUser))!;
            all.AddRange(users);
            if (users.Count < PageSize)
                return all;
        }
    }

    /// <summary>Creates a public channel.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateChannelAsync(string name)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                team_id = _server.TeamId,
                name,
                display_name = name,
                type = "O",
            }
        );
        using var made = JsonDocument.Parse(await SendAsync("channels", body));
        return made.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Adds users to a channel, one call each.</summary>
    public async Task AddMembersAsync(string channelId, IReadOnlyList<string> userIds, int atOnce)
    {
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, atOnce)
                .Select(async _ =>
                {
                    while (Interlocked.Increment(ref next) is var number && number < userIds.Count)
                    {
                        var body = JsonSerializer.SerializeToUtf8Bytes(new { user_id = userIds[number] });
                        using var member = JsonDocument.Parse(await SendAsync($"channels/{channelId}/members", body));
                    }
                })
        );
    }

    /// <summary>Sends a file's bytes as they are read.</summary>
    public async Task UploadAsync(string channelId, string path)
    {
        await using var file = File.OpenRead(path);
        using var content = new StreamContent(file, 64 * 1024);
        var route = new Uri($"files?channel_id={channelId}&filename={Path.GetFileName(path)}", UriKind.Relative);
        using var answer = await _http.PostAsync(route, content);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The calls that the server counted since the last time; resets the count.</summary>
    public async Task<int> TakeCallsAsync()
    {
        var calls = new Uri(_server.Uri, "/sandbox/calls?server=mattermost");
        var count = (await _http.GetFromJsonAsync<JsonElement>(calls)).GetArrayLength();
        (await _http.DeleteAsync(calls)).Dispose();
        return count;
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> SendAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
