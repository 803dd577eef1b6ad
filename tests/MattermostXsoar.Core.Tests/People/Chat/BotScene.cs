using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.People.Chat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring;
using MattermostXsoar.Core.Xsoar;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Core.Tests.People.Chat;

/// <summary>A listener that answers messages, and people who write to the bot.</summary>
internal sealed class BotScene : IAsyncDisposable
{
    private readonly Func<ChatSettings, ChatSettings>? _change;

    private BotScene(MirrorHarness harness, Func<ChatSettings, ChatSettings>? change) =>
        (Harness, _change) = (harness, change);

    public MirrorHarness Harness { get; }

    public SandboxServer Sandbox => Harness.Sandbox;

    public string Bot => Sandbox.Options.Seed.Bot;

    public static async Task<BotScene> StartAsync(
        Func<ChatSettings, ChatSettings>? change = null,
        SandboxOptions? sandbox = null,
        bool listens = true
    )
    {
        var scene = new BotScene(
            await MirrorHarness.StartAsync(
                sandbox ?? new SandboxOptions { MattermostVersion = "11.6.0" },
                MirrorHarness.Quick with
                {
                    StopGrace = TimeSpan.FromMilliseconds(20),
                }
            ),
            change
        );
        if (listens)
            await scene.ListenAsync();
        return scene;
    }

    /// <summary>A listener as a process that starts now would have it, on the same store; waits until it listens.</summary>
    public async Task ListenAsync(StopPoints? stops = null)
    {
        Harness.ListenerParts = [context => new BotMessagePart(context, Settings())];
        await Harness.NewServiceAsync(stopPoints: stops);
        await Harness.Service.Listener.StartAsync(Harness.Token);
        await Harness.Service.Listener.WaitAsync(ListenerState.Connected, Harness.Token);
    }

    public Task StopAsync() => Harness.Service.Listener.StopAsync();

    /// <summary>A person writes to the bot.</summary>
    public SandboxPost Write(string person, string text, string? rootId = null) =>
        Sandbox.Mattermost.Post(person, Sandbox.Mattermost.Direct(person, Bot).Id, text, rootId);

    /// <summary>A person writes to the bot and waits for the answer.</summary>
    public async Task<string> AskAsync(string person, string text, string? rootId = null) =>
        (await ReplyAsync(Write(person, text, rootId))).Message;

    /// <summary>The bot's answer to a message.</summary>
    public async Task<SandboxPost> ReplyAsync(SandboxPost message)
    {
        await Sandbox.Mattermost.WhenAsync(_ => Replies(message).Count > 0, Harness.Token);
        return Replies(message)[0];
    }

    public IReadOnlyList<SandboxPost> Replies(SandboxPost message) =>
        [
            .. Sandbox
                .Mattermost.Messages(message.ChannelId)
                .Where(post =>
                    post.UserId == Harness.BotUserId
                    && post.Props.TryGetValue("xsoar_reply_to", out var id)
                    && id == message.Id
                ),
        ];

    public async ValueTask DisposeAsync() => await Harness.DisposeAsync();

    private ChatSettings Settings()
    {
        var settings = new ChatSettings
        {
            WorkPlanLink = id => XsoarLinks.WorkPlan(Sandbox.XsoarUri, new Version(6, 14), id),
            StartMirror = (id, token) => Harness.Service.StartMirrorAsync(Harness.Request(id), token),
            // Beyond what a test asks.
            MostPerMinute = 1000,
        };
        return _change is null ? settings : _change(settings);
    }
}
