using System.Text.RegularExpressions;
using MattermostXsoar.Core.Tests.Mirroring.Faults;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Faults;

/// <summary>People on both sides who write a given number of messages, in portions, and what has arrived of them.</summary>
internal sealed class Conversation(SandboxServer sandbox, int messages, CancellationToken deadline)
{
    private static readonly string[] ChatPeople = ["user1", "user2", "user3"];
    private static readonly string[] WarRoomPeople = ["jane", "joe", "zoe", "DBot"];
    private static readonly Regex Message = new(@"(user\d|jane|joe|zoe|DBot) \d{5}", RegexOptions.CultureInvariant);

    private readonly List<string> _fromChat = [];
    private readonly List<string> _fromWarRoom = [];

    /// <summary>Messages that are in the War Room.</summary>
    public int InWarRoom => ArrivedInWarRoom().Count();

    /// <summary>Messages that are in the channel.</summary>
    public int InChat => ArrivedInChat().Count();

    /// <summary>Messages that were sent, on both sides together.</summary>
    public int SentByAll => _fromChat.Count + _fromWarRoom.Count;

    public int Arrived => InWarRoom + InChat;

    public Tally ChatToWarRoom => Tally.Of(_fromChat, ArrivedInWarRoom());

    public Tally WarRoomToChat => Tally.Of(_fromWarRoom, ArrivedInChat());

    /// <summary>
    /// Both sides go on writing until each has sent this share of its messages: one each at every further call of the
    /// listener, and all the rest at once when its process has ended.
    /// </summary>
    public async Task TalkAsync(double share, Task exited)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var until = (int)Math.Round(messages * share);
        while (_fromChat.Count < until)
        {
            await Task.WhenAny(exited, CallAsync(sandbox.Calls.Total, enough.Token));
            deadline.ThrowIfCancellationRequested();
            Write(_fromChat, ChatPeople, (person, text) => sandbox.Mattermost.Post(person, "incident-1", text));
            Write(_fromWarRoom, WarRoomPeople, (person, text) => sandbox.Xsoar.AddEntry("1", person, text));
        }

        await enough.CancelAsync();
    }

    /// <summary>Waits until the listener has made more calls than these.</summary>
    public Task CallAsync(long calls, CancellationToken cancellationToken) =>
        sandbox.Calls.WaitForAsync(call => call.Number > calls, cancellationToken);

    /// <summary>Waits until so many messages have arrived, on both sides together.</summary>
    public async Task ArrivedAsync(int count)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        await await Task.WhenAny(
            sandbox.Xsoar.WhenAsync(_ => Arrived >= count, enough.Token),
            sandbox.Mattermost.WhenAsync(_ => Arrived >= count, enough.Token)
        );
        await enough.CancelAsync();
    }

    private static void Write(List<string> sent, string[] people, Action<string, string> write)
    {
        var person = people[sent.Count % people.Length];
        var text = Tally.Text(person, sent.Count / people.Length);
        write(person, text);
        sent.Add(text);
    }

    private IEnumerable<string> ArrivedInWarRoom() =>
        sandbox
            .Xsoar.Entries("1")
            .Where(entry => entry.Contents.Contains("**From Mattermost**", StringComparison.Ordinal))
            .Select(entry => Message.Match(entry.Contents).Value);

    private IEnumerable<string> ArrivedInChat() =>
        sandbox
            .Mattermost.Messages("incident-1")
            .Where(post => post.Props.ContainsKey("xsoar_entry_id"))
            .Select(post => Message.Match(post.Message).Value);
}
