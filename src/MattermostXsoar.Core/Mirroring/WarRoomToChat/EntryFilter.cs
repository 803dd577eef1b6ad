using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>Which entries a mirror of a type carries into the chat.</summary>
internal static class EntryFilter
{
    private const string ChatCategory = "chat";

    public static bool IsCarried(XsoarEntry entry, MirrorType type)
    {
        if (entry.Deleted || BackLink.IsOn(entry.Contents))
            return false;
        if (string.IsNullOrWhiteSpace(entry.Contents) && string.IsNullOrEmpty(entry.File))
            return false;
        return type switch
        {
            MirrorType.All => true,
            MirrorType.Chat => IsSaidByPerson(entry),
            _ => false,
        };
    }

    // 'chat' as people would expect it (xsoar-rest.md 9.2 leaves open what the server itself does): what a person says,
    // marks as a note or uploads. Entries of commands and playbooks carry other categories or no user.
    private static bool IsSaidByPerson(XsoarEntry entry)
    {
        if (string.IsNullOrEmpty(entry.User) || !string.IsNullOrEmpty(entry.EntryTask?.TaskId))
            return false;
        return string.Equals(entry.Category, ChatCategory, StringComparison.OrdinalIgnoreCase)
            || string.Equals(entry.Category, "chats", StringComparison.OrdinalIgnoreCase)
            || entry.Note
            || !string.IsNullOrEmpty(entry.File);
    }
}
