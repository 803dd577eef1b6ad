using System.Text.Json;
using MattermostXsoar.Sandbox.Tests.Support;

namespace MattermostXsoar.Sandbox.Tests.Conformance.WebSockets;

/// <summary>The frames of <c>ws-all-frames.jsonl</c>, which three connections saw while the calls of <c>INDEX.tsv</c>
/// were recorded.</summary>
internal sealed class RecordedFrames
{
    /// <summary>The recorder's change of the server's settings, which no client makes.</summary>
    public const string SettingsChanged = "rest-config-change";

    /// <summary>The actions that user1 sent on the open connection.</summary>
    public const string Actions = "ws-actions";

    /// <summary>The opening of the three connections.</summary>
    public const string Opening = "ws-opening";

    /// <summary>The lines of the recording that each call caused, by their numbers from 0. The recorder did not store
    /// this; it was concluded from bodies and times.</summary>
    private static readonly (string Call, string Lines)[] Sources =
    [
        (Opening, "2 5 6 7 10 11 12 13 14"),
        ("rest-users-status-update", "15"),
        ("rest-users-status-update-online", "16"),
        ("rest-users-create", "17-19"),
        ("rest-users-patch", "20-22"),
        ("rest-teams-member-add", "23-34"),
        ("rest-preferences-save", "35-36"),
        ("rest-preferences-delete", "37-38"),
        ("rest-bots-create", "39-40"),
        ("rest-bots-patch", "41-43"),
        ("rest-bots-disable", "44-46"),
        ("rest-bots-enable", "47-49"),
        ("rest-teams-create", "50"),
        ("rest-teams-create-private", "51-53"),
        ("rest-teams-patch", "54"),
        ("rest-teams-member-add-user1-to-new-team", "55-61"),
        ("rest-teams-member-remove", "62-65"),
        ("rest-teams-member-remove-again", "66-67"),
        ("rest-channels-create-public", "68-69"),
        ("rest-channels-create-private", "70-71"),
        ("rest-channels-create-no-display-name", "72-73"),
        ("rest-channels-member-add", "74-77"),
        ("rest-channels-member-scheme-roles", "78"),
        ("rest-channels-member-notify-props", "79"),
        ("rest-channels-member-remove", "80-82"),
        ("rest-channels-member-add-private", "83-85 88 89 91"),
        ("rest-channels-member-remove-private", "86 87 90 92-94"),
        ("rest-channels-member-add-user1-back", "95-98"),
        ("rest-channels-update-put", "99-102"),
        ("rest-channels-patch", "103-106"),
        ("rest-channels-patch-purpose", "107-110"),
        ("rest-channels-privacy", "111-117"),
        ("rest-channels-privacy-back", "118-124"),
        ("rest-channels-view", "125"),
        ("rest-channels-direct", "126-127"),
        ("rest-channels-direct-with-self", "128"),
        ("rest-channels-group", "129-130"),
        ("rest-posts-create-bot", "131-133"),
        ("rest-posts-create-personal", "134-137"),
        ("rest-posts-create-user1", "138-141"),
        ("rest-posts-create-plainbot-not-in-channel", "142-144"),
        ("rest-posts-create-dm-bot-to-user1", "145-146"),
        ("rest-posts-create-dm-user1-to-bot", "147-149"),
        ("rest-posts-create-private", "150-153"),
        ("rest-posts-create-reply", "154-157"),
        ("rest-posts-create-override-username", "158-160"),
        ("rest-posts-create-attachment", "161-163"),
        ("rest-posts-create-props-empty", "164-166"),
        ("rest-posts-create-empty-message", "167-169"),
        ("rest-posts-create-longest", "170-172"),
        ("rest-posts-create-unknown-file-id", "173-175"),
        ("rest-posts-create-too-many-files", "176-178"),
        ("rest-posts-update-put", "179-181"),
        ("rest-posts-patch", "182-184"),
        ("rest-posts-pin", "185-187"),
        ("rest-posts-unpin", "188-190"),
        ("rest-posts-set-unread", "191"),
        ("rest-posts-ephemeral", "192"),
        ("rest-reactions-add", "193-195"),
        ("rest-reactions-add-as-bot", "196-198"),
        ("rest-reactions-add-unknown-emoji", "199-201"),
        ("rest-reactions-remove", "202-204"),
        (SettingsChanged, "205-210 301-303"),
        ("rest-posts-create-with-files", "211-213"),
        ("rest-posts-create-file-already-attached", "214-216"),
        ("rest-hooks-incoming-post", "217-219"),
        ("rest-commands-execute-builtin", "220-222"),
        ("rest-emoji-create", "223-225"),
        (Actions, "226-238"),
        ("rest-posts-delete", "252-254"),
        ("rest-channels-delete", "255-259"),
        ("rest-channels-member-add-deleted-channel", "260-261"),
        ("rest-channels-member-remove-deleted-channel", "262-263"),
        ("rest-channels-restore", "264-267"),
        ("rest-channels-delete-permanent", "268-270"),
        ("rest-users-deactivate", "271-273"),
        ("rest-channels-member-add-deactivated-user", "274-279"),
        ("rest-users-active-again", "280-285"),
        ("rest-users-delete-permanent", "286-288"),
        ("rest-teams-delete", "289-291"),
        ("rest-teams-restore", "293-295"),
        ("rest-teams-delete-permanent", "296-300"),
    ];

    private readonly Dictionary<string, List<(string Connection, string Text)>> _byCall = [];

    private RecordedFrames(IReadOnlyList<(string Connection, string? Text)> lines)
    {
        var left = Enumerable
            .Range(0, lines.Count)
            .Where(at => lines[at].Text is not null && Connections.Contains(lines[at].Connection))
            .ToHashSet();
        foreach (var (call, numbers) in Sources)
        {
            var frames = _byCall[call] = [];
            foreach (var at in Numbers(numbers))
            {
                Assert.True(left.Remove(at), $"line {at} is not a frame, or belongs to another call");
                frames.Add((lines[at].Connection, lines[at].Text!));
            }
        }
        Assert.True(left.Count == 0, $"no call is listed for the lines {string.Join(' ', left)}");
    }

    /// <summary>The recorder's names of its connections.</summary>
    public static IReadOnlyList<string> Connections { get; } = ["user1", "admin", "bot"];

    public IEnumerable<string> Calls => _byCall.Keys;

    public static RecordedFrames Load() =>
        new([
            .. File.ReadLines(Path.Combine(Recorded.Folder, "ws-all-frames.jsonl"))
                .Select(static line =>
                {
                    var entry = JsonDocument.Parse(line).RootElement;
                    return (
                        entry.GetProperty("label").GetString()!,
                        entry.TryGetProperty("text", out var text) ? text.GetString() : null
                    );
                }),
        ]);

    /// <summary>The frames of a call on a connection, in order.</summary>
    public IReadOnlyList<string> Of(string call, string connection) =>
        _byCall.TryGetValue(call, out var frames)
            ? [.. frames.Where(it => it.Connection == connection).Select(static it => it.Text)]
            : [];

    /// <summary>The call that caused a frame, which is passed as recorded.</summary>
    public string? CallOf(string text) =>
        _byCall.FirstOrDefault(it => it.Value.Any(frame => frame.Text.TrimEnd('\n') == text)).Key;

    private static IEnumerable<int> Numbers(string text) =>
        text.Split(' ')
            .SelectMany(static part =>
                part.Split('-')
                    .Select(static it => int.Parse(it, System.Globalization.CultureInfo.InvariantCulture))
                    .ToArray() switch
                {
                    [var one] => [one],
                    [var first, var last] => Enumerable.Range(first, last - first + 1),
                    _ => throw new FormatException(part),
                }
            );
}
