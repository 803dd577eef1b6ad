using MattermostXsoar.Core.Mirroring.WarRoomToChat;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.WarRoomToChat;

public sealed class EntryFilterTests
{
    /// <summary>What an entry is, and whether a mirror of type All and of type Chat mirrors it.</summary>
    public static TheoryData<string, bool, bool> Entries =>
        new()
        {
            { "chat of a person", true, true },
            { "chats of a person", true, true },
            { "CHAT of a person", true, true },
            { "note on a command's result", true, true },
            { "file of a command", true, true },
            { "file without a text", true, true },
            { "result of a command", true, false },
            { "entry of the server", true, false },
            { "chat of nobody", true, false },
            { "note of nobody", true, false },
            { "file of nobody", true, false },
            { "chat of a playbook's task", true, false },
            { "file of a playbook's task", true, false },
            { "chat of a task without an id", true, true },
            { "category unknown", true, false },
            { "blank", false, false },
            { "deleted", false, false },
            { "deleted file", false, false },
            { "from the chat", false, false },
            { "from the chat, of an older version", false, false },
            { "file from the chat", false, false },
            { "quotes the chat", true, true },
        };

    [Theory]
    [MemberData(nameof(Entries))]
    public void The_type_decides_what_is_mirrored(string what, bool all, bool chat)
    {
        var entry = Entry(what);
        Assert.Equal(
            (all, chat, false),
            (
                EntryFilter.IsMirrored(entry, MirrorType.All),
                EntryFilter.IsMirrored(entry, MirrorType.Chat),
                EntryFilter.IsMirrored(entry, MirrorType.None)
            )
        );
    }

    private static XsoarEntry Entry(string what)
    {
        var entry = new XsoarEntry
        {
            Id = "1@1",
            User = what.Contains("nobody", StringComparison.Ordinal) ? "" : "jane",
            Category = what.StartsWith("chat", StringComparison.OrdinalIgnoreCase) ? what.Split(' ')[0] : "chat",
            Contents = "hello",
        };
        if (what.Contains("file", StringComparison.Ordinal))
            entry.File = "a.txt";
        switch (what)
        {
            case "note on a command's result":
                (entry.Category, entry.Note) = ("commandAndResults", true);
                break;
            case "note of nobody":
                entry.Note = true;
                break;
            case "file of a command" or "result of a command":
                entry.Category = "commandAndResults";
                break;
            case "entry of the server":
                (entry.Category, entry.User) = ("incidentInfo", "");
                break;
            case "category unknown":
                entry.Category = "";
                break;
            case "chat of a playbook's task" or "file of a playbook's task":
                entry.EntryTask = new XsoarEntryTask { TaskId = "7" };
                break;
            case "chat of a task without an id":
                entry.EntryTask = new XsoarEntryTask();
                break;
            case "blank" or "file without a text":
                entry.Contents = " \n\t";
                break;
            case "deleted" or "deleted file":
                entry.Deleted = true;
                break;
            case "from the chat" or "file from the chat":
                entry.Contents = "hello\n**From Mattermost** ([post](https://chat/pl/x))";
                break;
            case "from the chat, of an older version":
                entry.Contents = "hello\n**From MatterMost**\n";
                break;
            case "quotes the chat":
                entry.Contents = "he wrote\n**From Mattermost**\nbelow it";
                break;
        }

        return entry;
    }
}
