using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>Replays the calls to a server whose message history is limited.</summary>
internal sealed class HistoryLimitReplay : IConformanceSource
{
    private static readonly string Folder = Path.Combine(Recorded.Folder11, "history-limit");

    /// <summary>These were recorded after the others.</summary>
    private static readonly string[] Last = ["rest-reply-to-hidden-root", "rest-posts-around-unread"];

    /// <summary>Headers that the recorder of these calls did not keep.</summary>
    private static readonly HashSet<string> NotKept = new(StringComparer.OrdinalIgnoreCase)
    {
        "Expires",
        "First-Inaccessible-Post-Time",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "Content-Encoding",
    };

    /// <summary>The recorded posts by their text; of the ones that are only named in requests the text is not
    /// recorded, only where they are.</summary>
    private static readonly (string Text, string Id)[] Posts =
    [
        ("m0", ""),
        ("m1", "c1th44ytw3fsdpxgkrzw37bgdy"),
        ("m2", "bjz5wzq1sigo7q6pitqtqssbch"),
        ("m3", "nzhmrcgtyj8htk9o4trifkihar"),
        ("m4", "yjk65myrqpys9mqogrff37kwoy"),
        ("m5", "b1gh3bniqpfz3n8z6b9unkapia"),
        ("m6", ""),
        ("m7", "74566wfj1jg89ynr9y59f7wfbe"),
        ("m8", "1a4ydr7mrprjbb1uipk4g4hfer"),
        ("m9", "7dyud6jyip8utd87e8tcnrdtto"),
        ("m10", "hudwkiyhkpr8x8cxg88k4kwbcc"),
        ("m11", "41w4u3xg4pyndcy357ipgjoioe"),
        ("bot old", "ywqtkssyab85xjaemzd55phcoe"),
        ("n0", "krsd69ar5t8hfdcy3171wmw8re"),
        ("n1", "ifthfczz7jf8tmpyuma5mrf1pr"),
        ("n2", "4exmid31ybfqjy6o3jtgz7fuca"),
    ];

    public async Task<ConformanceSection> RunAsync()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            RecordedScenario.Options with
            {
                MattermostVersion = "11.6.0",
                DeveloperMode = false,
                TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 11, 30, 6, 0, 0, TimeSpan.Zero))
                {
                    AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
                },
            }
        );
        var ids = new IdMap();
        Populate(sandbox.Mattermost, ids);
        var tokens = new Dictionary<string, string>
        {
            ["user1 token"] = sandbox.Mattermost.CreateToken("user1", "user1 token"),
            ["xsoarbot token"] = sandbox.BotToken,
            ["admin personal token"] = sandbox.PersonalToken,
        };
        using var player = new RequestPlayer(sandbox.MattermostUri, ids, tokens);
        var rows = new List<ConformanceRow>();
        var names = Directory.GetFiles(Folder).Select(static it => Path.GetFileNameWithoutExtension(it)!);
        foreach (var name in names.Except(Last).Order(StringComparer.Ordinal).Concat(Last))
        {
            var call = RecordedCall.Load(Folder, name);
            var answered = await player.PlayAsync(call);
            answered = answered with
            {
                Headers = answered
                    .Headers.Where(it => !NotKept.Contains(it.Key) && (it.Key != "Content-Length" || HasLength(call)))
                    .ToDictionary(StringComparer.OrdinalIgnoreCase),
            };
            rows.Add(RestReplay.Compare(call, call, answered, new BodyComparison(ids, sandbox.MattermostUri)));
        }
        return new ConformanceSection(
            "REST: a server with a limited message history",
            """
            The calls of `history-limit/` to a sandbox of 11.6 in which the same posts are hidden. Compared as above, without the
            headers that the recorder of these calls did not keep.
            """,
            [new ConformanceTable("Hidden posts", "request", rows)],
            []
        )
        {
            Version = "11.6",
        };
    }

    /// <summary>Long answers were compressed, without a length.</summary>
    private static bool HasLength(RecordedCall call) =>
        call.Headers.Any(static header => header.Name == "Content-Length");

    private static void Populate(MattermostWorld world, IdMap ids)
    {
        for (var i = 1; i <= 5; i++)
        {
            world.CreateUser($"user{i}");
            world.AddToTeam("panw", $"user{i}");
        }
        var channel = world.CreateChannel("user1", "history", "History");
        world.AddMember(channel.Id, "xsoarbot");
        ids.Bind("qhxrutqtrjymuqj11wemmbkddy", world.Team("panw").Id);
        ids.Bind("pwy9yr5zhjrkmxx95jsmxsrxoh", channel.Id);
        ids.Bind("qm8i5xytoibpxg18uc57i6mz6o", world.User("user1").Id);
        ids.Bind("mtido1zxstbzdcwg4mm3rdzcdc", world.User("xsoarbot").Id);
        var posts = new Dictionary<string, string>();
        foreach (var (text, id) in Posts)
        {
            var root = text == "m9" ? posts["m2"] : null;
            var post = world.Post(text == "bot old" ? "xsoarbot" : "user1", channel.Id, text, root);
            posts.Add(text, post.Id);
            if (id.Length > 0)
                ids.Bind(id, post.Id);
            if (text == "m3")
                ids.BindTime(
                    "1796019478529",
                    post.CreateAt.ToString(System.Globalization.CultureInfo.InvariantCulture)
                );
        }
        world.HideBefore(posts["m8"]);
    }
}
