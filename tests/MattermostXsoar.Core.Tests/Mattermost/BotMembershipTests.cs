using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using MattermostXsoar.Sandbox.Mattermost.Model;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>How the bot becomes a member of a channel, and what is reported when it cannot.</summary>
public sealed class BotMembershipTests : IAsyncLifetime
{
    private readonly List<string> _reported = [];
    private readonly List<IDisposable> _clients = [];
    private SandboxServer _sandbox = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("secret", true)]
    [InlineData("open", false)]
    [InlineData("closed", false)]
    [InlineData("elsewhere", false)]
    public async Task It_is_known_whether_the_bot_is_a_member(string channel, bool isMember)
    {
        _sandbox.Mattermost.CreateChannel("admin", "open", "Open");
        MakePrivate("closed");
        MakeInOtherTeam("elsewhere");
        var membership = await ConnectAsync();

        Assert.Equal(isMember, await membership.IsMemberAsync(_sandbox.Mattermost.Channel(channel).Id, Token));
    }

    [Fact]
    public async Task A_member_is_not_added_again()
    {
        var membership = await ConnectAsync();
        _sandbox.Calls.Clear();

        await membership.EnsureAsync(AddressOf("secret"), _reported.Add, Token);

        Assert.Equal("GET", Assert.Single(_sandbox.Calls).Method);
        Assert.Empty(_reported);
    }

    [Fact]
    public async Task The_personal_token_adds_the_bot_to_a_channel_and_it_is_reported()
    {
        MakePrivate("closed");
        var membership = await ConnectAsync();

        await membership.EnsureAsync(AddressOf("closed"), _reported.Add, Token);

        Assert.True(IsBotIn("closed"));
        Assert.Equal(["The bot @xsoarbot was not in the channel 'closed': the personal token added it."], _reported);
    }

    [Fact]
    public async Task Where_the_bot_is_not_in_the_team_it_is_added_to_the_team_first()
    {
        MakeInOtherTeam("elsewhere");
        var membership = await ConnectAsync();

        await membership.EnsureAsync(AddressOf("elsewhere"), _reported.Add, Token);

        Assert.True(IsBotIn("elsewhere"));
        Assert.Equal(
            [
                "The bot @xsoarbot was not in the team of the channel 'elsewhere': "
                    + "the personal token added it to the team and to the channel.",
            ],
            _reported
        );
    }

    [Fact]
    public async Task Where_the_personal_token_may_not_add_the_bot_the_error_names_who_can()
    {
        MakePrivate("closed");
        var membership = await ConnectAsync(personal: "user2");

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            membership.EnsureAsync(AddressOf("closed"), _reported.Add, Token)
        );

        Assert.Equal((ErrorIds.PermissionDenied, ErrorKind.Permission), (error.ErrorId, error.Kind));
        Assert.Equal(
            "The bot @xsoarbot is not in the channel 'closed', and the personal token's user may not add it.",
            error.Message
        );
        Assert.Contains("/invite @xsoarbot", error.Advice, StringComparison.Ordinal);
        Assert.Contains("manage_private_channel_members", error.Advice, StringComparison.Ordinal);
        Assert.Equal(403, error.StatusCode);
        Assert.Empty(_reported);
        Assert.False(IsBotIn("closed"));
    }

    [Fact]
    public async Task Where_the_personal_token_may_not_add_the_bot_to_the_team_the_error_names_who_can()
    {
        MakeInOtherTeam("elsewhere");
        var refusal = new Fault
        {
            Kind = FaultKind.Status,
            Status = 403,
            Method = "POST",
            PathPattern = "/teams/[a-z0-9]+/members$",
            Body = """{"id":"api.context.permissions.app_error","message":"You do not have the permission."}""",
        };
        _sandbox.Faults.Add(refusal);
        var membership = await ConnectAsync();

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            membership.EnsureAsync(AddressOf("elsewhere"), _reported.Add, Token)
        );

        Assert.Equal(1, refusal.Hits);
        Assert.Equal((ErrorIds.PermissionDenied, ErrorKind.Permission), (error.ErrorId, error.Kind));
        Assert.Equal(
            "The bot @xsoarbot is not in the team of the channel 'elsewhere', and the personal token's user may not "
                + "add it.",
            error.Message
        );
        Assert.Contains("administrator of the team", error.Advice, StringComparison.Ordinal);
        Assert.Contains("add_user_to_team", error.Advice, StringComparison.Ordinal);
        Assert.Empty(_reported);
    }

    [Fact]
    public async Task A_personal_token_that_was_revoked_is_reported_as_that()
    {
        MakePrivate("closed");
        var membership = await ConnectAsync();
        _sandbox.Mattermost.RevokeToken(_sandbox.PersonalToken);

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            membership.EnsureAsync(AddressOf("closed"), _reported.Add, Token)
        );

        Assert.Equal(ErrorIds.InvalidPersonalToken, error.ErrorId);
    }

    [Fact]
    public async Task A_post_that_is_refused_is_written_after_the_bot_was_added()
    {
        MakePrivate("closed");
        var membership = await ConnectAsync();

        var post = await membership.PostAsync(
            Model("closed"),
            new NewPost { ChannelId = _sandbox.Mattermost.Channel("closed").Id, Message = "hello" },
            _reported.Add,
            Token
        );

        Assert.Equal(post.Id, Assert.Single(_sandbox.Mattermost.Messages("closed")).Id);
        Assert.Single(_reported);
    }

    [Fact]
    public async Task What_is_not_refused_asks_for_nothing_else()
    {
        var membership = await ConnectAsync();
        _sandbox.Calls.Clear();

        Assert.Equal(7, await membership.RunAsMemberAsync(AddressOf("secret"), () => Task.FromResult(7), null, Token));

        Assert.Empty(_sandbox.Calls);
    }

    [Fact]
    public async Task A_member_that_is_refused_gets_the_server_s_error_and_is_not_added()
    {
        var membership = await ConnectAsync();
        var refused = Refusal();

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            membership.RunAsMemberAsync<int>(AddressOf("secret"), () => throw refused, _reported.Add, Token)
        );

        Assert.Same(refused, error);
        Assert.DoesNotContain(_sandbox.Calls, call => call.Method == "POST");
    }

    [Fact]
    public async Task After_the_bot_was_added_it_is_tried_once_more_only()
    {
        MakePrivate("closed");
        var membership = await ConnectAsync();
        var tries = 0;

        await Assert.ThrowsAsync<ApiException>(() =>
            membership.RunAsMemberAsync<int>(
                AddressOf("closed"),
                () =>
                {
                    tries++;
                    throw Refusal();
                },
                _reported.Add,
                Token
            )
        );

        Assert.Equal(2, tries);
        Assert.Single(_reported);
    }

    [Fact]
    public async Task Another_error_adds_nobody()
    {
        MakePrivate("closed");
        var membership = await ConnectAsync();

        await Assert.ThrowsAsync<ApiException>(() =>
            membership.RunAsMemberAsync<int>(
                AddressOf("closed"),
                () => throw new ApiException(ErrorIds.ServerError, ErrorKind.Unavailable, "Mattermost failed."),
                _reported.Add,
                Token
            )
        );

        Assert.False(IsBotIn("closed"));
    }

    [Fact]
    public async Task Nobody_is_added_to_a_direct_message()
    {
        var direct = _sandbox.Mattermost.Direct("user1", "user2");
        var membership = await ConnectAsync();
        _sandbox.Calls.Clear();

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            membership.PostAsync(
                new MattermostChannel { Id = direct.Id, Name = direct.Name },
                new NewPost { ChannelId = direct.Id, Message = "hello" },
                _reported.Add,
                Token
            )
        );

        Assert.Equal(ErrorIds.PermissionDenied, error.ErrorId);
        Assert.Equal("/api/v4/posts", Assert.Single(_sandbox.Calls).Path);
        Assert.Empty(_reported);
    }

    private static ApiException Refusal() => new(ErrorIds.PermissionDenied, ErrorKind.Permission, "You may not.");

    private async Task<BotMembership> ConnectAsync(string? personal = null)
    {
        var environment = TestClients.Environment();
        var bot = MattermostClient.Create(
            _sandbox.MattermostUri,
            new AccessToken(_sandbox.BotToken, environment.Redactor),
            TokenRole.Bot,
            new TransportOptions(),
            environment
        );
        _clients.Add(bot);
        var token = personal is null ? _sandbox.PersonalToken : _sandbox.Mattermost.CreateToken(personal);
        var person = bot.WithToken(new AccessToken(token, environment.Redactor), TokenRole.Personal);
        _clients.Add(person);
        return new BotMembership(bot, person, await bot.Users.GetMeAsync(Token));
    }

    private void MakePrivate(string name) => _sandbox.Mattermost.CreateChannel("admin", name, name, "P");

    private void MakeInOtherTeam(string name)
    {
        _sandbox.Mattermost.CreateTeam("others", "Others", "admin");
        _sandbox.Mattermost.CreateChannel("admin", name, name, "O", "others");
    }

    private bool IsBotIn(string channel) =>
        _sandbox.Mattermost.Channel(channel).MemberIds.Contains(_sandbox.Mattermost.User("xsoarbot").Id);

    private MattermostChannel Model(string name)
    {
        SandboxChannel channel = _sandbox.Mattermost.Channel(name);
        return new MattermostChannel
        {
            Id = channel.Id,
            Name = channel.Name,
            TeamId = channel.TeamId,
        };
    }

    private ChannelAddress AddressOf(string name) => ChannelAddress.Of(Model(name));
}
