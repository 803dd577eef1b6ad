using System.Text;
using System.Text.Json;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Faults;

/// <summary>An administrator's posts with files that later edits replace and bring back.</summary>
internal sealed class ChangingFiles(SandboxServer sandbox, CancellationToken deadline)
{
    private readonly List<string> _names = [];
    private readonly List<(string PostId, List<(string Id, string Name)> Files)> _posts = [];

    /// <summary>Every file that the War Room has to have once.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The files from the chat that it has.</summary>
    public IEnumerable<string> InWarRoom =>
        sandbox
            .Xsoar.Entries("1")
            .Where(entry => entry.File.StartsWith("evidence", StringComparison.Ordinal))
            .Select(entry => entry.File);

    /// <summary>How many files edits took away.</summary>
    public int Removed { get; private set; }

    /// <summary>The last post gets a further file, one loses a file that is in the War Room already, then a further post
    /// is written.</summary>
    public async Task ChangeAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(sandbox.MattermostUri, "api/v4/") };
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + sandbox.PersonalToken);
        if (_posts.Count > 0)
        {
            var (postId, files) = _posts[^1];
            files.Add((await UploadAsync(http), _names[^1]));
            sandbox.Mattermost.ChangeFiles(postId, [.. files.Select(static it => it.Id)]);
        }

        var arrived = InWarRoom.ToHashSet(StringComparer.Ordinal);
        var brought = _posts.Find(post => post.Files.Count > 1 && post.Files.Exists(it => arrived.Contains(it.Name)));
        if (brought.Files is not null)
        {
            brought.Files.Remove(brought.Files.Find(it => arrived.Contains(it.Name)));
            sandbox.Mattermost.ChangeFiles(brought.PostId, [.. brought.Files.Select(static it => it.Id)]);
            Removed++;
        }

        var file = await UploadAsync(http);
        var post = await SendAsync(
            http,
            "posts",
            JsonSerializer.Serialize(
                new Dictionary<string, object>
                {
                    ["channel_id"] = sandbox.Mattermost.Channel("incident-1").Id,
                    ["message"] = "",
                    ["file_ids"] = new[] { file },
                }
            )
        );
        _posts.Add((post.GetProperty("id").GetString()!, [(file, _names[^1])]));
    }

    private async Task<string> UploadAsync(HttpClient http)
    {
        var name = $"evidence{_names.Count}.txt";
        _names.Add(name);
        var answer = await SendAsync(
            http,
            $"files?channel_id={sandbox.Mattermost.Channel("incident-1").Id}&filename={name}",
            name
        );
        return answer.GetProperty("file_infos")[0].GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> SendAsync(HttpClient http, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, deadline);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(deadline));
        return json.RootElement.Clone();
    }
}
