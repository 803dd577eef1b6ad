using System.Globalization;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Tests.Conformance.Rest;
using MattermostXsoar.Sandbox.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Newer;

/// <summary>What the recorder did between the recorded calls without recording it, by the call that follows.</summary>
internal sealed class Preparations
{
    private readonly NewerScenario _scenario;
    private readonly Dictionary<string, Action> _steps;
    private readonly Dictionary<string, string> _ids;
    private CreatedPost? _race;

    public Preparations(NewerScenario scenario)
    {
        _scenario = scenario;
        _ids = scenario.World.Users.ToDictionary(static user => user.Username, static user => user.Id);
        _steps = new Dictionary<string, Action>(StringComparer.Ordinal)
        {
            ["rest-system-ping-as-admin"] = () =>
            {
                World.SetTeamAdmin(World.Team("soc"), World.User(Id("plainbot")).Id, false);
                World.MaxFileSize = 100 * 1024 * 1024;
            },
            ["rest-error-403-users-list-private-channel-not-a-member"] = () =>
            {
                var channel = World.CreateChannel(Id("admin"), "hidden-r7caf2", "hidden", "P");
                Bind("89hwik8tyir7jc5autwpk9c5jo", channel.Id);
                Bind("bh5yp9bgmjd4mydikdm5d5or6a", World.Post(Id("admin"), channel.Id, "hidden").Id);
            },
            ["rest-error-401-token-in-query"] = () =>
            {
                _scenario.Tokens["user3 personal token"] = _scenario.Ids.Translate("1n5ztotk7jytzeotdyq5ehsq1w");
                _scenario.Tokens["user3 session"] = LogIn("user3");
                Bind("8ma8jnzbkiy8fdidjh6zxpsuyy", LogIn("user1"));
            },
            ["rest-bot-not-in-any-team-lists-teams"] = () =>
            {
                var bot = World.CreateUser("tokr7caf2", "T", isBot: true);
                Bind("igfpscea5jf59q4hz1t3npq6nw", bot.Id);
                _scenario.Tokens["tokbot token"] = World.CreateToken("tokr7caf2", "bench");
            },
            ["rest-error-401-token-of-disabled-bot"] = () => World.SetActive("tokr7caf2", false),
            ["rest-posts-create-pending-public-by-plainbot"] = () => World.AddMember("alerts", Id("plainbot")),
            ["rest-posts-create-pending-dm-to-self-by-user1"] = () =>
                Bind("de5iw8nqjjdnbe8xgtyhorcaoh", World.Direct(Id("user1"), Id("user1")).Id),
            ["rest-posts-create-pending-in-dm-by-bot"] = () =>
                Bind("ycoeufhffiyjumd4w7dtxm6hmc", World.Direct(Id("xsoarbot"), Id("user2")).Id),
            ["rest-error-500-posts-create-pending-after-delete"] = () =>
                World.Delete(Posted("rest-posts-create-pending-to-be-deleted")),
            ["rest-posts-create-pending-after-edit"] = () =>
                World.Edit(Posted("rest-posts-create-pending-to-be-edited"), "edited since"),
            ["rest-error-500-posts-create-pending-race"] = () =>
                _race = World.CreatePost(
                    World.User(Id("user1")),
                    new NewPostRequest(World.Channel("test").Id, "race") { PendingPostId = "race:r7caf2:0" }
                ),
            ["rest-posts-create-pending-race-repeated-later"] = () => World.Publish(_race!, World.User(Id("user1"))),
            ["rest-posts-create-props-override-by-plainbot"] = () =>
                Bind("oumwn7fgs3dsikj7ww6qp8h1jc", World.CreateChannel(Id("plainbot"), "plain-r7caf2", "plain").Id),
            ["rest-error-400-posts-create-priority-in-reply"] = () =>
            {
                var root = World.Post(Id("user1"), "test", "root").Id;
                Bind("dduj4skzspn6xb7yijycgskzie", root);
                Bind("44md6zqsfir8tpyj7xwrn3o4bo", World.Post(Id("user2"), "test", "reply", root).Id);
            },
            ["rest-reactions-add-plus1"] = () =>
                Bind("xiamemtdctdoxbueyiupwfra1h", World.Post(Id("user2"), "test", "react to me").Id),
            ["rest-posts-thread-threaded"] = PlanThread,
            ["rest-error-403-channels-patch-banner"] = PlanLife,
            ["rest-posts-create-dm-to-deactivated-user"] = () =>
            {
                var user = World.CreateUser("gone-r7caf2");
                World.AddToTeam("soc", user.Username);
                Bind("ext1bbapgjy3um9fp6f7repypy", user.Id);
                Bind("wt7pr7qp5byofkjicpp851344e", World.Direct(Id("xsoarbot"), user.Username).Id);
                World.SetActive(user.Username, false);
            },
            ["rest-channels-delete-as-user1-member-private"] = () =>
                Bind(
                    "kqd99wepkjb59rje1npi1c4bje",
                    World.Post(Id("xsoarbot"), _scenario.Ids.Translate("eo9qj41xcpf6dqigbzbyoip4ew"), "m").Id
                ),
            ["rest-users-patch-notify-props"] = () => World.SetStatus(World.User(Id("user1")), "online"),
            ["rest-users-me-not-modified"] = () => BindTime("1796020212893", World.User(Id("user1")).UpdateAt),
            ["rest-categories-list-as-bot"] = () =>
                Bind("uyf5bgmf7pnhikzdugfdk1ykie", World.Direct(Id("xsoarbot"), Id("user5")).Id),
            ["rest-files-public"] = () =>
                _scenario.Tokens["signature"] = World.Signature(_scenario.Ids.Translate("xdoxxjubot8duxostd3wep1joy")),
            ["rest-posts-create-file-of-other-user"] = () => Upload("user1", "own{0}.txt", "text of user1", Files),
            ["rest-posts-create-files-ten"] = () => Upload("xsoarbot", "f{0}.txt", "x", Eleven),
            ["rest-posts-of-channel-per-page-1000"] = PlanPages,
            ["rest-posts-create-pending-same-after-33-seconds"] = () => Clock.Advance(TimeSpan.FromSeconds(33)),
        };
    }

    private static readonly string[] Files =
    [
        "xdoxxjubot8duxostd3wep1joy",
        "eq4cnwtq7id4iqsngb3exeetxa",
        "jfdd9ip6c78yir1fj4z13ot98c",
        "x8z9qaqax7rmuycaxq9k1ij1wr",
        "6bc849bfmbnkb8en8qppx15bwc",
    ];

    private static readonly string[] Eleven =
    [
        "5izb7trpupbo885k6y46an1ngh",
        "tq7tmxjy8j81zbjxscz5pb8efr",
        "5yzfjg94yfnc7e8t1sjmjmug3o",
        "14ua15iwpbry5jagkgji9y3por",
        "ky9doihksb87zmdbnimmuky9to",
        "pxtt6x5ji7fsigrcwz34y999qe",
        "qzz9uha4xjfh9qjkwaexxp9o3o",
        "wysfsmtyoifbmxyemo8a3tb1jy",
        "1eg6ifqdmbd8i89st4tmgwccyc",
        "gi69eqktb3fi9rts6mxhcup3ae",
        "w97ndporsifa8b6gs4sitstx4h",
    ];

    private MattermostWorld World => _scenario.World;

    private FakeTimeProvider Clock => (FakeTimeProvider)_scenario.Sandbox.Options.TimeProvider;

    public void Before(string recording)
    {
        if (_steps.TryGetValue(recording, out var step))
            step();
    }

    /// <summary>The id of the post that a recorded call created.</summary>
    private string Posted(string recording) =>
        _scenario.Ids.Translate(RecordedCall.Load(Recorded.Folder11, recording).Body.GetProperty("id").GetString()!);

    private string LogIn(string username) => World.StartSession(World.User(Id(username))).Token;

    /// <summary>By the name that an account had at the beginning.</summary>
    private string Id(string username) => _ids[username];

    private void Bind(string recorded, string sandbox) => Assert.True(_scenario.Ids.Bind(recorded, sandbox));

    private void BindTime(string recorded, long sandbox) =>
        _scenario.Ids.BindTime(recorded, sandbox.ToString(CultureInfo.InvariantCulture));

    private void PlanThread()
    {
        var channel = World.CreateChannel(Id("admin"), "threads-r7caf2", "threads");
        Bind("x43ukfess3rqbjheo9eydfhb5o", channel.Id);
        World.AddMember(channel.Id, Id("user1"));
        World.AddMember(channel.Id, Id("user2"));
        var root = World.Post(Id("user2"), channel.Id, "thread root");
        Bind("gcagruiyb78tfk5761s4px1jww", root.Id);
        BindTime("1796020214258", root.CreateAt);
        string[] replies =
        [
            "hcrxpw3pa7y63yqffiwp1ac11r",
            "znubd1hk7jrkfjw7nudo993fmy",
            "9finbdxnufgduck1ufp5nwxcdh",
            "m1o3weouetggfkcz6h1t7rysmr",
            "8byuzeja3igamqoxiys5389gje",
            "48qic71pi3rq8jyn6p1uu8a4re",
        ];
        foreach (var (id, i) in replies.Select(static (id, i) => (id, i)))
        {
            var reply = World.Post(Id(i % 2 == 0 ? "user2" : "user1"), channel.Id, $"reply {i}", root.Id);
            Bind(id, reply.Id);
            if (i == 2)
                BindTime("1796020214287", reply.CreateAt);
            if (i == 4)
                BindTime("1796020214308", reply.CreateAt);
        }
    }

    private void PlanLife()
    {
        var channel = World.CreateChannel(Id("xsoarbot"), "life-r7caf2", "Life", purpose: "p");
        Bind("eo9qj41xcpf6dqigbzbyoip4ew", channel.Id);
        World.AddMember(channel.Id, Id("user1"), Id("xsoarbot"));
        World.AddMember(channel.Id, Id("user2"), Id("xsoarbot"));
    }

    private void PlanPages()
    {
        var channel = World.CreateChannel(Id("xsoarbot"), "pages-r7caf2", "pages");
        Bind("38wini13obym8r7bznneom45zh", channel.Id);
        for (var i = 0; i < 230; i++)
        {
            var post = World.Post(Id("xsoarbot"), channel.Id, i.ToString(CultureInfo.InvariantCulture));
            if (i == 0)
                Bind("oen6uhqcwibb7xg8o8mrodeosc", post.Id);
            if (i == 100)
            {
                Bind("tiajwyrdgbby8bk41pf6xzoe7y", post.Id);
                BindTime("1796020217770", post.CreateAt);
            }
            if (i == 228)
                BindTime("1796020218156", post.CreateAt);
            if (i == 229)
            {
                Bind("feai57cdcjyzprxy4khkn3bpir", post.Id);
                BindTime("1796020218159", post.CreateAt);
            }
        }
    }

    private void Upload(string username, string name, string content, string[] ids)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            var file = World.AddFile(
                World.User(Id(username)),
                string.Format(CultureInfo.InvariantCulture, name, i),
                "text/plain; charset=utf-8",
                StoredContent.Of(System.Text.Encoding.UTF8.GetBytes(content))
            );
            file.ChannelId = World.Channel("test").Id;
            Bind(ids[i], file.Id);
        }
    }
}
