using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.State;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>Which entries are mirrored into the chat, by the mirror's type.</summary>
internal static class EntryFilter
{
    private const string ChatCategory = "chat";

    public static bool IsMirrored(XsoarEntry entry, MirrorType type)
    {
        if (entry.Deleted || BackLink.IsOn(entry.Contents))
            return false;
        if (string.IsNullOrWhiteSpace(entry.Contents) && string.IsNullOrEmpty(entry.File))
            return false;
        return type switch
        {
            MirrorType.All => true,
            MirrorType.Chat => IsByPerson(entry),
            _ => false,
        };
    }

    // 'chat' as people would expect it (xsoar-rest.md 9.2 leaves open what the server itself does): what a person
    // writes, marks as a note or uploads. Entries of commands and playbooks have other categories or no user.
    private static bool IsByPerson(XsoarEntry entry)
    {
        if (string.IsNullOrEmpty(entry.User) || !string.IsNullOrEmpty(entry.EntryTask?.TaskId))
            return false;
        return string.Equals(entry.Category, ChatCategory, StringComparison.OrdinalIgnoreCase)
            || string.Equals(entry.Category, "chats", StringComparison.OrdinalIgnoreCase)
            || entry.Note
            || !string.IsNullOrEmpty(entry.File);
    }
}
