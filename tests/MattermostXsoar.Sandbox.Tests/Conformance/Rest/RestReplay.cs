using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>Replays the whole recorded scenario, request by request.</summary>
internal partial class RestReplay : IConformanceSource
{
    /// <summary>Recorded lists whose order depends on ids, which differ: members by user id, channels of the same name
    /// in different teams.</summary>
    private static readonly HashSet<string> OrderedByIds = ["rest-teams-members", "rest-channels-list-all-admin"];

    protected virtual string Title => "REST: the recorded scenario";

    protected virtual string Introduction =>
        """
            All requests of `INDEX.tsv` are sent in the order in which they were recorded, to a sandbox with the recorder's people,
            team, channels, tokens and open websockets. The status, all headers and the whole body are compared: fields, their
            types and values; `null`, absent and empty are distinguished. Ids and times may differ, but the same recorded id must
            be the same id of the sandbox throughout, an error must have the same id and the same texts, and an object's times
            must be in the same order. Not compared: the length of bodies, the build's name in `X-Version-Id`, and the pixels of
            images that the server draws itself (avatars, thumbnails, the mini preview of an image).
            """;

    protected virtual SandboxOptions Options => RecordedScenario.Options;

    public async Task<ConformanceSection> RunAsync()
    {
        await using var scenario = await RecordedScenario.StartAsync(Options);
        using var player = new RequestPlayer(scenario.Sandbox.MattermostUri, scenario.Ids, scenario.Tokens);
        var rows = new List<(string Group, ConformanceRow Row)>();
        var left = new List<(string, string)>();
        foreach (var call in RecordedCall.LoadAll(Recorded.Folder))
        {
            if (NotReplayed.Reason(call.Name) is { } reason)
                left.Add((call.Name, reason));
            else if (await RowAsync(call, player, scenario) is { } row)
                rows.Add((RestGroups.Of(call.Name), row));
        }
        return new ConformanceSection(Title, Introduction, RestGroups.Tables(rows), NotReplayedRows(left));
    }

    protected virtual IReadOnlyList<(string, string)> NotReplayedRows(IReadOnlyList<(string, string)> rows) => rows;

    protected virtual async Task<ConformanceRow?> RowAsync(
        RecordedCall call,
        RequestPlayer player,
        RecordedScenario scenario
    )
    {
        Answered answered;
        try
        {
            answered = await player.PlayAsync(call);
        }
        catch (InvalidOperationException error)
        {
            // An earlier answer lacked the id that this request needs.
            return new ConformanceRow(call.Name, call.Display, Status(call.Status), "not asked", [error.Message]);
        }
        return Compare(call, call, answered, new BodyComparison(scenario.Ids, scenario.Sandbox.MattermostUri));
    }

    internal static ConformanceRow Compare(
        RecordedCall request,
        RecordedCall expected,
        Answered answered,
        BodyComparison bodies
    )
    {
        var differences = new List<string>();
        if (expected.Status != answered.Status)
            differences.Add($"recorded {expected.Status}, sandbox {answered.Status}");
        CompareBody(expected, answered, bodies);
        differences.AddRange(HeaderComparison.Compare(expected, answered, bodies));
        differences.AddRange(bodies.Differences);
        return new ConformanceRow(
            request.Name,
            request.Display,
            Status(expected.Status),
            Status(answered.Status),
            [.. differences.Select(BodyComparison.Settle)]
        );
    }

    private static string Status(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static void CompareBody(RecordedCall expected, Answered answered, BodyComparison bodies)
    {
        if (expected.Body.ValueKind != JsonValueKind.String)
        {
            bodies.Compare("$", expected.Body, Parse(answered.Body), OrderedByIds.Contains(expected.Name));
            return;
        }
        var text = expected.Body.GetString()!;
        // Images were recorded as "<1300 bytes of image/png>" or, for a file's own bytes, as text that lost some of
        // them.
        if (!Omitted().IsMatch(text) && !text.StartsWith("\uFFFDPNG", StringComparison.Ordinal))
            bodies.Compare(
                "$",
                expected.Body,
                JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(answered.Body))
            );
        else if (answered.Body is not ([0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..]))
            bodies.Compare(
                "$",
                JsonSerializer.SerializeToElement("a picture"),
                JsonSerializer.SerializeToElement("no picture")
            );
    }

    [GeneratedRegex("^<[0-9]+ bytes of ")]
    private static partial Regex Omitted();

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(body));
        }
    }
}
