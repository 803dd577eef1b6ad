using System.Globalization;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.QuickStart;

/// <summary>
/// Plays the colleagues: writes in the chat and in the War Room as different people, and remembers what was written, so
/// that the result can be checked.
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

    /// <summary>Adds people to a channel.</summary>
    public void Join(string channel, params string[] users)
    {
        ArgumentNullException.ThrowIfNull(users);
        foreach (var user in users)
            _sandbox.Mattermost.AddMember(channel, user);
    }

    /// <summary>A user writes in a channel.</summary>
    public void WriteInChat(string channel, string user, string text)
    {
        _channel = channel;
        Remember(_inChat, user, text);
        _sandbox.Mattermost.Post(user, channel, text);
    }

    /// <summary>A user writes in a War Room.</summary>
    public void WriteInWarRoom(string investigation, string user, string text)
    {
        _investigation = investigation;
        // As the chat shows it: an invisible character in a mention keeps it from notifying anyone.
        Remember(_inWarRoom, user, text.Replace("@", "@\u200B", StringComparison.Ordinal));
        _sandbox.Xsoar.AddEntry(investigation, user, text);
    }

    /// <summary>Two people in the chat and two in the War Room write at the same time.</summary>
    public string Burst(string channel, string investigation, int messages)
    {
        Parallel.Invoke(
            () => Each(messages / 2, i => WriteInChat(channel, "user2", Text("user2 in the chat", i))),
            () => Each(messages / 2, i => WriteInChat(channel, "user3", Text("user3 in the chat", i))),
            () => Each(messages / 2, i => WriteInWarRoom(investigation, "jane", Text("jane in the War Room", i))),
            () => Each(messages / 2, i => WriteInWarRoom(investigation, "omar", Text("omar in the War Room", i)))
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{messages} messages were written in the chat and {messages} in the War Room."
        );
    }

    /// <summary>The current posts of a channel.</summary>
    public IReadOnlyList<ConversationMessage> ReadChannel(string channel) =>
        _sandbox
            .Mattermost.Messages(channel)
            .Select(post => new ConversationMessage(_sandbox.Mattermost.User(post.UserId).Username, post.Message))
            .ToList();

    /// <summary>The current entries of a War Room.</summary>
    public IReadOnlyList<ConversationMessage> ReadWarRoom(string investigation) =>
        _sandbox
            .Xsoar.Entries(investigation)
            .Select(entry => new ConversationMessage(entry.User, entry.Contents))
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

    // The full stop keeps message 1 from being found in message 10.
    private static string Text(string who, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"Message {number} of {who}.");

    private static void Remember(Dictionary<string, List<string>> written, string user, string text)
    {
        lock (written)
        {
            if (!written.TryGetValue(user, out var messages))
                written.Add(user, messages = []);
            messages.Add(text);
        }
    }
}
