using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Recorded;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>The models' fields against what was recorded, and the comfort they add.</summary>
public sealed class ModelTests
{
    [Fact]
    public void A_team_is_read()
    {
        var team = Read<MattermostTeam>("rest-teams-get-by-name");
        Assert.Equal("3hrrjm7wp38edqcdc9eqmq3gay", team.Id);
        Assert.Equal("panw", team.Name);
        Assert.Equal("PANW", team.DisplayName);
        Assert.Equal("O", team.Type);
        Assert.Equal("admin@example.com", team.Email);
        Assert.Equal("6uiu4sgt3fb13d43ns7d4bg4ea", team.InviteId);
        Assert.False(team.AllowOpenInvite);
        Assert.Equal(1795444593836, team.CreateAtMs);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1795444593836), team.CreateAt);
        Assert.Equal(TimeSpan.Zero, team.CreateAt!.Value.Offset);
        Assert.Null(team.DeleteAt);
        Assert.False(team.IsArchived);
        Assert.Null(team.SchemeId);
        Assert.Null(team.PolicyId);
        Assert.Empty(team.AdditionalData);
        Assert.Equal("PANW (panw)", team.ToString());
    }

    [Fact]
    public void A_channel_is_read()
    {
        var channel = Read<MattermostChannel>("rest-channels-get-by-name");
        Assert.Equal("jf1qanp4b3g8mq688xat6fzguw", channel.Id);
        Assert.Equal("3hrrjm7wp38edqcdc9eqmq3gay", channel.TeamId);
        Assert.Equal("test", channel.Name);
        Assert.Equal("Test", channel.DisplayName);
        Assert.Equal("test header", channel.Header);
        Assert.Equal("test purpose", channel.Purpose);
        Assert.Equal("hauke1owxty97m8fgfgearpi5w", channel.CreatorId);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1795444594471), channel.LastPostAt);
        Assert.Null(channel.ExtraUpdateAt);
        Assert.False(channel.IsPrivate);
        Assert.False(channel.IsArchived);
        Assert.Equal(["props"], channel.AdditionalData.Keys);
    }

    [Fact]
    public void Private_and_archived_channels_are_distinguished()
    {
        Assert.True(Read<MattermostChannel>("rest-channels-get-by-id-private-member").IsPrivate);
        var archived = Read<MattermostChannel>("rest-channels-get-deleted-by-id");
        Assert.True(archived.IsArchived);
        Assert.NotNull(archived.DeleteAt);
    }

    [Fact]
    public void People_and_bots_are_distinguished()
    {
        var person = Read<MattermostUser>("rest-users-get-by-username");
        Assert.Equal(
            ("user1", "First1 Last1", "Nick1", false),
            (person.Username, person.FullName, person.Nickname, person.IsBot)
        );
        Assert.Equal("user1@example.com", person.Email);
        Assert.Equal("system_user", person.Roles);
        Assert.False(person.IsSystemAdmin);
        Assert.Equal("true", person.Timezone!["useAutomaticTimezone"]);
        Assert.Null(person.EmailVerified);
        Assert.Empty(person.AdditionalData);

        var bot = Read<MattermostUser>("rest-users-get-bot-user");
        Assert.Equal(("xsoarbot", "XSOAR Bot", true), (bot.Username, bot.FullName, bot.IsBot));
        Assert.True(bot.IsSystemAdmin);
        Assert.Equal("local test bot", bot.BotDescription);
        Assert.Equal("@xsoarbot", bot.ToString());
    }

    [Fact]
    public void Posts_of_bots_webhooks_and_the_server_are_distinguished()
    {
        var bot = Read<MattermostPost>("rest-posts-create-bot");
        Assert.Equal((true, false, false), (bot.IsFromBot, bot.IsFromWebhook, bot.IsSystem));
        Assert.Equal("hello from the bot @user1", bot.Message);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1795445020102), bot.CreateAt);
        Assert.Null(bot.EditAt);
        Assert.Empty(bot.FileIds);
        Assert.Null(bot.EntryId);
        Assert.Null(bot.EntryPart);

        Assert.Equal(2, Read<MattermostPost>("rest-posts-create-with-files").FileIds.Count);
        Assert.True(Post("""{"type":"system_join_channel"}""").IsSystem);
        Assert.True(Post("""{"props":{"from_webhook":"true"}}""").IsFromWebhook);
        Assert.True(Post("""{"props":{"from_bot":true}}""").IsFromBot);
        Assert.False(Post("""{"props":{"from_bot":"false"}}""").IsFromBot);
        Assert.False(Post("""{"props":null}""").IsFromBot);
        Assert.False(Post("{}").IsFromBot);
    }

    [Fact]
    public void Our_own_marks_are_read()
    {
        var post = Post("""{"props":{"xsoar_entry_id":"96@1234","xsoar_part":"2"}}""");
        Assert.Equal(("96@1234", 2), (post.EntryId, post.EntryPart));
        Assert.Null(Post("""{"props":{"xsoar_part":"two"}}""").EntryPart);
    }

    [Fact]
    public void Fields_of_a_newer_server_are_kept()
    {
        var post = Post("""{"id":"x","remote_id":"r","acknowledgements":[1]}""");
        Assert.Equal("r", post.AdditionalData["remote_id"]);
        Assert.Equal([1L], Assert.IsType<object?[]>(post.AdditionalData["acknowledgements"]));
    }

    [Fact]
    public void What_a_post_holds_is_read_as_plain_values()
    {
        var post = Post(
            """{"props":{"a":"x","b":true,"c":[1,1.5,null],"d":{"e":false}},"metadata":{"files":[{"id":"f"}]}}"""
        );

        var props = Assert.IsType<Dictionary<string, object?>>(post.Props);
        Assert.Equal(("x", true), (props["a"], props["b"]));
        Assert.Equal([1L, 1.5, null], Assert.IsType<object?[]>(props["c"]));
        Assert.Equal(false, Assert.IsType<Dictionary<string, object?>>(props["d"])["e"]);
        Assert.Single(Assert.IsType<object?[]>(Assert.IsType<Dictionary<string, object?>>(post.Metadata)["files"]));
        Assert.Null(post.Participants);
        Assert.Null(Post("{}").Props);
    }

    [Fact]
    public void No_public_property_is_JSON_which_PowerShell_cannot_show()
    {
        var json = typeof(MattermostPost)
            .Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => property.PropertyType.ToString().Contains("System.Text.Json", StringComparison.Ordinal))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");

        Assert.Empty(json);
    }

    [Fact]
    public void Texts_that_are_null_become_empty()
    {
        var post = Post("""{"id":null,"message":null,"file_ids":null,"root_id":null}""");
        Assert.Equal(("", "", ""), (post.Id, post.Message, post.RootId));
        Assert.Empty(post.FileIds);
    }

    [Fact]
    public void A_page_of_posts_is_put_in_order()
    {
        var list = Read<PostList>("rest-posts-of-channel-after");
        Assert.Equal(
            ["kfz1pwqp1pbh78k3rbjikadg8r", "d96aw7ctyjyyig1mi694m4yf3r"],
            list.Ascending.Select(post => post.Id)
        );
        Assert.Equal(["d96aw7ctyjyyig1mi694m4yf3r", "kfz1pwqp1pbh78k3rbjikadg8r"], list.RawOrder);
        Assert.Equal(("yrqp8to8pjgebqkk8u753cmgqo", "h8w39w78itdoxbibpjhfopxkua"), (list.NextPostId, list.PrevPostId));
    }

    [Fact]
    public void Posts_of_one_millisecond_keep_the_servers_order_and_what_it_does_not_name_is_left_out()
    {
        var list = JsonSerializer.Deserialize(
            """{"order":["a","b"],"posts":{"a":{"id":"a","create_at":5},"b":{"id":"b","create_at":5},"c":{"id":"c","create_at":1}}}""",
            MattermostJson.Default.PostList
        )!;
        Assert.Equal(["b", "a"], list.Ascending.Select(post => post.Id));
    }

    [Fact]
    public void Times_beyond_the_calendar_do_not_fail() =>
        Assert.NotNull(Post("""{"create_at":9223372036854775807}""").CreateAt);

    [Fact]
    public void A_members_role_is_read()
    {
        var member = Read<MattermostChannelMember>("rest-channels-member");
        Assert.Equal(("64rgja5fetrwi8ddqbxppbfcyy", "a33yq8o69p8hbeu3pbbmrzhbih"), (member.ChannelId, member.UserId));
        Assert.False(member.IsAdmin);
        Assert.Equal("channel_user", member.Roles);
        Assert.Null(member.LastViewedAt);
        Assert.Equal(1, member.MentionCount);
    }

    private static MattermostPost Post(string json) =>
        JsonSerializer.Deserialize(json, MattermostJson.Default.MattermostPost)!;

    private static T Read<T>(string name)
        where T : class =>
        (T)
            JsonSerializer.Deserialize(
                RecordedAnswer.Load(name).Body!.ToJsonString(),
                typeof(T),
                MattermostJson.Default
            )!;
}
