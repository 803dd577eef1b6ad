using System.Text;
using System.Text.Json;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Faults;

/// <summary>An administrator's posts with files that later edits replace and bring back.</summary>
internal sealed class ChangingFiles(SandboxServer sandbox, CancellationToken deadline)
{
    private readonly List<string> _names = [];
    private (string PostId, string FileId)? _last;

    /// <summary>Every file that the War Room has to have once.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The files from the chat that it has.</summary>
    public IEnumerable<string> InWarRoom =>
        sandbox
            .Xsoar.Entries("1")
            .Where(entry => entry.File.StartsWith("evidence", StringComparison.Ordinal))
            .Select(entry => entry.File);

    /// <summary>Adds a file to the last post, whose own file is in the War Room by now, and writes a further
    /// post.</summary>
    public async Task ChangeAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(sandbox.MattermostUri, "api/v4/") };
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + sandbox.PersonalToken);
        if (_last is { } last)
            sandbox.Mattermost.ChangeFiles(last.PostId, [last.FileId, await UploadAsync(http)]);
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
        _last = (post.GetProperty("id").GetString()!, file);
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
