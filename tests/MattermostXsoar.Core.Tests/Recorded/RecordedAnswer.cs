using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using MattermostXsoar.Core.Tests.Http;

namespace MattermostXsoar.Core.Tests.Recorded;

/// <summary>One call that a real server was asked, and what it answered.</summary>
internal sealed class RecordedAnswer
{
    private const string Newer = "11.6/";

    private RecordedAnswer(string name, JsonNode call)
    {
        Name = name;
        var request = call["request"]!;
        Method = (string)request["method"]!;
        RequestJson = request["json"];
        Parameters = request["params"]?.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.ToString()) ?? [];
        Path = (string)request["path"]!;
        // The newer recordings have the parameters in the path.
        if (name.StartsWith(Newer, StringComparison.Ordinal) && Path.Split('?') is [var path, var query])
        {
            var values = HttpUtility.ParseQueryString(query);
            Parameters = values.AllKeys.ToDictionary(key => key!, key => values[key]!);
            Path = values.Count == 1 && Parameters.ContainsKey("include_deleted") ? Path : path;
        }
        Status = (int)call["status"]!;
        Headers = call["headers"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);
        Body = call["body"];
    }

    public string Name { get; }

    public string Method { get; }

    public string Path { get; }

    public IReadOnlyDictionary<string, string> Parameters { get; }

    public JsonNode? RequestJson { get; }

    public int Status { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public JsonNode? Body { get; }

    public string? ServerErrorId => Body is JsonObject error && Status >= 400 ? (string?)error["id"] : null;

    private static string Folder { get; } = FindFolder(AppContext.BaseDirectory);

    /// <param name="name">The file's name without its ending; one of the newer server, 11.6, begins with
    /// <c>11.6/</c>.</param>
    public static RecordedAnswer Load(string name)
    {
        var file = name.StartsWith(Newer, StringComparison.Ordinal)
            ? System.IO.Path.Combine(Folder + "-11", name[Newer.Length..])
            : System.IO.Path.Combine(Folder, name);
        return new(name, JsonNode.Parse(File.ReadAllText(file + ".json"))!);
    }

    /// <summary>An answer of the newer server, 11.6.</summary>
    public static RecordedAnswer LoadNewer(string name) => Load(Newer + name);

    /// <summary>All of both servers.</summary>
    public static IEnumerable<string> Names() => [.. Names(Folder), .. Names(Folder + "-11").Select(it => Newer + it)];

    private static IEnumerable<string> Names(string folder) =>
        Directory
            .EnumerateFiles(folder, "rest-*.json", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Select(file => file[..^".json".Length])
            .Order(StringComparer.Ordinal);

    /// <summary>Status, headers and body as they were recorded.</summary>
    public LoopbackAnswer Replay()
    {
        var text =
            Body is JsonValue value && value.TryGetValue<string>(out var plain) ? plain : Body?.ToJsonString() ?? "";
        var body = Encoding.UTF8.GetBytes(text);
        return new LoopbackAnswer
        {
            Status = Status,
            // The body is sent in one piece.
            Headers = [.. Headers.Where(static it => it.Key != "Transfer-Encoding")],
            Body = Headers.GetValueOrDefault("Content-Encoding") == "gzip" ? Gzip(body) : body,
        };
    }

    private static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }

    private static string FindFolder(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var recorded = System.IO.Path.Combine(folder.FullName, "tests", "recorded", "mattermost");
            if (Directory.Exists(recorded))
                return recorded;
        }

        throw new DirectoryNotFoundException("tests/recorded/mattermost");
    }
}
