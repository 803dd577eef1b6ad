using System.Globalization;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.QuickStart;

/// <summary>
/// Plays the colleagues: writes in the chat and in the War Room as different people, and remembers what was said, so
/// that the end can be checked.
/// </summary>
public sealed class People
{
    private readonly SandboxServer _sandbox;
    private readonly Dictionary<string, List<string>> _inChat = [];
    private readonly Dictionary<string, List<string>> _inWarRoom = [];
    private string _channel = "";
    private string _investigation = "";

    internal People(SandboxServer sandbox) => _sandbox = sandbox;

    internal IReadOnlyList<string> ExecutedCommands => _sandbox.Xsoar.ExecutedCommands;

    /// <summary>People join a channel.</summary>
    public void Join(string channel, params string[] users)
    {
        ArgumentNullException.ThrowIfNull(users);
        foreach (var user in users)
            _sandbox.Mattermost.AddMember(channel, user);
    }

    /// <summary>Somebody writes in a channel.</summary>
    public void SayInChat(string channel, string user, string text)
    {
        _channel = channel;
        Remember(_inChat, user, text);
        _sandbox.Mattermost.Post(user, channel, text);
    }

    /// <summary>Somebody writes in a War Room.</summary>
    public void SayInWarRoom(string investigation, string user, string text)
    {
        _investigation = investigation;
        // What the chat shows: mentions are parted by a sign nobody sees, so that they ping nobody.
        Remember(_inWarRoom, user, text.Replace("@", "@\u200B", StringComparison.Ordinal));
        _sandbox.Xsoar.AddEntry(investigation, user, text);
    }

    /// <summary>Two people in the chat and two in the War Room write at the same time.</summary>
    public string Burst(string channel, string investigation, int lines)
    {
        Parallel.Invoke(
            () => Each(lines / 2, i => SayInChat(channel, "user2", Line("user2 in the chat", i))),
            () => Each(lines / 2, i => SayInChat(channel, "user3", Line("user3 in the chat", i))),
            () => Each(lines / 2, i => SayInWarRoom(investigation, "jane", Line("jane in the War Room", i))),
            () => Each(lines / 2, i => SayInWarRoom(investigation, "omar", Line("omar in the War Room", i)))
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{lines} lines were written in the chat and {lines} in the War Room."
        );
    }

    /// <summary>The lines of a channel as they stand now.</summary>
    public IReadOnlyList<ConversationLine> ReadChannel(string channel) =>
        _sandbox
            .Mattermost.Messages(channel)
            .Select(post => new ConversationLine(_sandbox.Mattermost.User(post.UserId).Username, post.Message))
            .ToList();

    /// <summary>The lines of a War Room as they stand now.</summary>
    public IReadOnlyList<ConversationLine> ReadWarRoom(string investigation) =>
        _sandbox
            .Xsoar.Entries(investigation)
            .Select(entry => new ConversationLine(entry.User, entry.Contents))
            .ToList();

    internal Arrivals CheckWarRoom() =>
        Arrivals.Of(
            _inChat,
            _sandbox
                .Xsoar.Entries(_investigation)
                .Select(entry => entry.Contents)
                .Where(text => text.Contains("From Mattermost", StringComparison.Ordinal))
                .ToList()
        );

    internal Arrivals CheckChat() =>
        Arrivals.Of(
            _inWarRoom,
            _sandbox
                .Mattermost.Messages(_channel)
                .Where(post => post.Props.ContainsKey("xsoar_entry_id"))
                .Select(post => post.Message)
                .ToList()
        );

    private static void Each(int count, Action<int> action)
    {
        for (var i = 1; i <= count; i++)
            action(i);
    }

    // A closing sign, so that line 1 is not found in line 10.
    private static string Line(string who, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"Line {number} of {who}.");

    private static void Remember(Dictionary<string, List<string>> said, string user, string text)
    {
        lock (said)
        {
            if (!said.TryGetValue(user, out var lines))
                said.Add(user, lines = []);
            lines.Add(text);
        }
    }
}
