using System.Net.Http.Headers;
using System.Text;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A War Room is shown to nobody whom the user did not mean: which channel a mirror gets.</summary>
public sealed class DisclosureTests
{
    [Theory]
    [InlineData("O")]
    [InlineData("P")]
    public async Task A_channel_that_somebody_made_first_is_not_used(string type)
    {
        await using var harness = await MirrorHarness.StartAsync();
        var squatted = harness.Sandbox.Mattermost.CreateChannel("user1", "incident-2", "incident-2", type);

        var mirror = await harness.MirrorAsync("2");

        Assert.Equal(("incident-2-2", true), (mirror.ChannelName, mirror.IsPrivate));
        Assert.DoesNotContain(harness.BotUserId, harness.Sandbox.Mattermost.Channel(squatted.Id).MemberIds);
        Assert.Contains("'incident-2' exists already", Warning(harness, "ChannelNameTaken"), StringComparison.Ordinal);
        // The mirror keeps its channel, and no further one is created.
        Assert.Equal(mirror.ChannelId, (await harness.MirrorAsync("2")).ChannelId);
    }

    [Fact]
    public async Task A_channel_that_was_archived_by_somebody_else_does_not_keep_an_investigation_from_its_mirror()
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Mattermost.CreateChannel("user1", "incident-2", "incident-2");
        harness.Sandbox.Mattermost.Archive("incident-2");

        Assert.Equal("incident-2-2", (await harness.MirrorAsync("2")).ChannelName);
    }

    [Fact]
    public async Task Without_the_state_file_the_channel_that_was_created_for_the_investigation_is_found_again()
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Mattermost.CreateChannel("user1", "incident-2", "incident-2");
        var first = await harness.MirrorAsync("2");
        await harness.Service.CloseAsync();
        File.Delete(harness.StatePath);
        var service = await harness.NewServiceAsync(noListener: true);

        var again = await service.StartMirrorAsync(harness.Request("2"), harness.Token);

        Assert.Equal((first.ChannelId, "incident-2-2"), (again.ChannelId, again.ChannelName));
    }

    [Fact]
    public async Task The_channel_of_another_investigation_is_not_used_for_its_name()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var one = await harness.MirrorAsync("1", "incident-2");

        var two = await harness.MirrorAsync("2");

        Assert.Equal(("incident-2", "incident-2-2"), (one.ChannelName, two.ChannelName));
    }

    [Theory]
    [InlineData("Müller GmbH", "Möller GmbH", "muller-gmbh", "moller-gmbh")]
    [InlineData("Фишинг 5", "Утечка 5", "fishing-5", "utechka-5")]
    [InlineData("A/B", "A B", "a-b", "a-b-2")]
    [InlineData(
        "Phishing of the finance department in the northern branch, h 01a",
        "Phishing of the finance department in the northern branch, h 01a - second wave",
        "phishing-of-the-finance-department-in-the-northern-branch-h-01a",
        "phishing-of-the-finance-department-in-the-northern-branch-h-01-2"
    )]
    public async Task Different_titles_have_different_channels(string one, string two, string first, string second)
    {
        await using var harness = await MirrorHarness.StartAsync();

        var mirrors = new[] { await harness.MirrorAsync("1", one), await harness.MirrorAsync("2", two) };

        Assert.Equal([first, second], mirrors.Select(mirror => mirror.ChannelName));
        // Started again with the same titles, both keep their channels.
        var again = new[] { await harness.MirrorAsync("1", one), await harness.MirrorAsync("2", two) };
        Assert.Equal(mirrors.Select(mirror => mirror.ChannelId), again.Select(mirror => mirror.ChannelId));
        Assert.Equal([first, second], again.Select(mirror => mirror.ChannelName));
    }

    [Fact]
    public async Task Two_investigations_share_a_channel_only_if_both_name_it()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var one = await harness.MirrorAsync("1");

        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() => harness.MirrorAsync("2", "incident-1"));

        Assert.Equal(ErrorIds.ChannelExists, error.ErrorId);
        Assert.Contains("that of investigation 1", error.Message, StringComparison.Ordinal);
        Assert.Empty(harness.Service.GetMirrors("2"));
        await harness.MirrorAsync("1", "incident-1");
        Assert.Equal(one.ChannelId, (await harness.MirrorAsync("2", "incident-1")).ChannelId);
        Assert.Contains("also that of investigation 1", Warning(harness, "ChannelShared"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, ErrorIds.ChannelMoreOpen)]
    [InlineData(true, null, ErrorIds.ChannelMoreOpen)]
    [InlineData(null, false, ErrorIds.ChannelMoreOpen)]
    [InlineData(false, false, ErrorIds.ChannelMoreOpen)]
    [InlineData(false, null, null)]
    [InlineData(null, true, null)]
    [InlineData(true, true, null)]
    public async Task A_public_channel_is_used_only_if_a_public_one_was_asked_for(
        bool? isPrivate,
        bool? allowPublic,
        string? errorId
    )
    {
        await using var harness = await MirrorHarness.StartAsync();
        var request = harness.Request() with { Channel = "test", Private = isPrivate, AllowPublic = allowPublic };

        var error = await Record.ExceptionAsync(() => harness.Service.StartMirrorAsync(request, harness.Token));

        Assert.Equal(errorId, (error as MattermostXsoarException)?.ErrorId);
        Assert.Equal(errorId is null ? 1 : 0, harness.Service.GetMirrors().Count);
        // Asked for once, it is not asked for again.
        if (errorId is null)
            await harness.Service.StartMirrorAsync(harness.Request() with { AllowPublic = null }, harness.Token);
    }

    [Fact]
    public async Task A_channel_given_to_another_investigation_meanwhile_is_not_taken_back_unasked()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var own = (await harness.MirrorAsync("1")).ChannelName;
        await harness.Service.StopMirrorsAsync("1", null, "stopped", closeChannel: false, harness.Token);
        await harness.MirrorAsync("2", own);

        Assert.NotEqual(own, (await harness.MirrorAsync("1")).ChannelName);
        Assert.Equal(["2"], harness.Service.GetMirrors(channel: own).Where(IsActive).Select(it => it.InvestigationId));

        static bool IsActive(MattermostMirror mirror) => mirror.State == MirrorState.Active;
    }

    [Fact]
    public async Task A_name_of_a_private_channel_that_nobody_sees_is_the_next_one_unless_it_was_named()
    {
        await using var harness = await MirrorHarness.StartAsync();
        harness.Sandbox.Faults.Add(HiddenName("incident-2"));
        harness.Sandbox.Mattermost.CreateChannel("user1", "incident-2", "incident-2", "P");

        Assert.Equal("incident-2-2", (await harness.MirrorAsync("2")).ChannelName);

        harness.Sandbox.Faults.Add(HiddenName("their-room"));
        harness.Sandbox.Mattermost.CreateChannel("user1", "their-room", "Their Room", "P");
        var error = await Assert.ThrowsAnyAsync<MattermostXsoarException>(() => harness.MirrorAsync("3", "their-room"));
        Assert.Equal(ErrorIds.ChannelExists, error.ErrorId);
    }

    [Fact]
    public async Task Who_can_read_is_shown_and_follows_the_members()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var mirror = await harness.MirrorAsync();
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);
        Assert.Equal(("private, 2", 0L), (mirror.Readers, mirror.GuestCount));

        harness.Sandbox.Mattermost.AddMember("incident-1", "user1");

        Assert.Equal(3, (await harness.MirrorIsAsync(found => found.MemberCount == 3)).MemberCount);
    }

    [Fact]
    public async Task A_channel_that_is_made_public_shows_nothing_more_until_that_is_accepted()
    {
        await using var harness = await MirrorHarness.StartAsync();
        var request = harness.Request() with { AllowPublic = null };
        var mirror = await harness.Service.StartMirrorAsync(request, harness.Token);
        await harness.Service.Listener.WaitAsync(ListenerState.Connected, harness.Token);

        await MakePublicAsync(harness, mirror.ChannelId);
        var paused = await harness.MirrorIsAsync(found => found.State == MirrorState.Paused);

        Assert.Contains("was made public", paused.Reason, StringComparison.Ordinal);
        Assert.Equal(false, paused.IsPrivate);
        var error = await Assert.ThrowsAsync<MattermostXsoarException>(() =>
            harness.Service.StartMirrorAsync(request, harness.Token)
        );
        Assert.Equal(ErrorIds.ChannelMoreOpen, error.ErrorId);
        await harness.Service.StartMirrorAsync(request with { AllowPublic = true }, harness.Token);
        await harness.MirrorIsAsync(found => found.State == MirrorState.Active);
    }

    private static string Warning(MirrorHarness harness, string name)
    {
        lock (harness.Log)
            return Assert.Single(harness.Log, record => record.Event == name).Message;
    }

    private static Sandbox.Faults.Fault HiddenName(string name) =>
        new()
        {
            Server = "mattermost",
            Method = "GET",
            PathPattern = $"/channels/name/{name}$",
            Kind = Sandbox.Faults.FaultKind.Status,
            Status = 404,
            Count = 1000,
            Body = """{"id":"app.channel.get_by_name.missing.app_error","message":"Channel does not exist."}""",
        };

    private static async Task MakePublicAsync(MirrorHarness harness, string channelId)
    {
        using var client = new HttpClient { BaseAddress = harness.Sandbox.MattermostUri };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            harness.Sandbox.PersonalToken
        );
        using var body = new StringContent("""{"privacy":"O"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PutAsync(
            new Uri($"api/v4/channels/{channelId}/privacy", UriKind.Relative),
            body,
            harness.Token
        );
        answer.EnsureSuccessStatusCode();
    }
}
