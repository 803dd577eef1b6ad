using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.People;
using MattermostXsoar.Core.People.Models;
using MattermostXsoar.Core.People.Questions;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Tests.Mirroring;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Core.Tests.People.Questions;

/// <summary>A session that asks questions in the sandbox, and its listener.</summary>
internal sealed class QuestionScene : IAsyncDisposable
{
    public const string Channel = "test";

    private static readonly QuestionIntervals Quick = new()
    {
        StoreCheck = TimeSpan.FromMilliseconds(50),
        PostingGrace = TimeSpan.Zero,
        PostingLimit = TimeSpan.FromMilliseconds(100),
    };

    private readonly List<string> _warnings = [];

    private QuestionScene(MirrorHarness harness) => Harness = harness;

    public MirrorHarness Harness { get; }

    public QuestionService Questions => new(Harness.Service);

    public MattermostWorld Chat => Harness.Sandbox.Mattermost;

    public XsoarWorld Xsoar => Harness.Sandbox.Xsoar;

    public CancellationToken Token => Harness.Token;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>A scene whose listener starts with the first question.</summary>
    public static async Task<QuestionScene> StartAsync(SandboxOptions? sandbox = null, TimeSpan? answerDecision = null)
    {
        var harness = await MirrorHarness.StartAsync(
            sandbox,
            MirrorHarness.Quick with
            {
                StopGrace = TimeSpan.FromMilliseconds(50),
                AnswerDecision = answerDecision ?? MirrorHarness.Quick.AnswerDecision,
            }
        );
        harness.ListenerParts = [context => new QuestionPart(context, Quick)];
        await harness.NewServiceAsync();
        return new QuestionScene(harness);
    }

    /// <summary>The next process on the same store.</summary>
    public async Task RestartAsync(bool noListener = false, StopPoints? stopPoints = null)
    {
        await Harness.Service.CloseAsync();
        await Harness.NewServiceAsync(noListener, stopPoints);
        if (!noListener)
            await Harness.Service.Listener.StartAsync(Token);
    }

    public static QuestionDraft Draft(string text = "Block the user?") => new() { Text = text };

    public async Task<MattermostQuestion> AskAsync(QuestionDraft? draft = null, string channel = Channel) =>
        await Questions.AskAsync(
            draft ?? Draft(),
            await ChannelAsync(channel),
            Harness.Sandbox.TeamName,
            _warnings.Add,
            Token
        );

    /// <summary>The question once it has ended, or has an answer.</summary>
    public async Task<MattermostQuestion> AnsweredAsync(long id) =>
        (await Questions.WaitAsync([id], any: false, Token))[0];

    /// <summary>The question once all is done with it.</summary>
    public async Task<MattermostQuestion> DoneAsync(long id)
    {
        MattermostQuestion? found = null;
        await Harness.WhenAsync(() =>
        {
            found = Questions.Get(id);
            return !Store.Questions.ReadUnfinished().Exists(question => question.Id == id);
        });
        return found!;
    }

    public StateStore Store => Harness.Service.Context.Open().Store;

    public SandboxPost Post(MattermostQuestion question) =>
        Chat.Posts(question.ChannelId).First(post => post.Id == question.PostId);

    /// <summary>The bot's replies in the question's thread.</summary>
    public IReadOnlyList<string> Replies(MattermostQuestion question) =>
        [
            .. Chat.Messages(question.ChannelId)
                .Where(post => post.RootId == question.PostId && post.UserId == Harness.BotUserId)
                .Select(post => post.Message),
        ];

    public Task ConnectedAsync() => Harness.Service.Listener.WaitAsync(ListenerState.Connected, Token);

    /// <summary>How many calls the servers have got.</summary>
    public int Calls => Harness.Sandbox.Calls.Count;

    public async Task<MattermostChannel> ChannelAsync(string name)
    {
        var context = Harness.Service.Context.Open();
        return name.StartsWith('@')
            ? await context.Mattermost.Bot.Channels.OpenDirectAsync(Harness.BotUserId, Chat.User(name[1..]).Id, Token)
            : await context.Mattermost.Bot.Channels.GetByNameAsync(Harness.Team.Id, name, cancellationToken: Token);
    }

    public MattermostUser User(string name) => new() { Id = Chat.User(name).Id, Username = name };

    public ValueTask DisposeAsync() => Harness.DisposeAsync();
}
