using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Users as the server writes them.</summary>
internal static class UserJson
{
    private static readonly (string Name, string Value)[] NotifyProps =
    [
        ("channel", "true"),
        ("comments", "never"),
        ("desktop", "mention"),
        ("desktop_sound", "true"),
        ("email", "true"),
        ("first_name", "false"),
        ("mention_keys", ""),
        ("push", "mention"),
        ("push_status", "away"),
    ];

    public static void Write(Utf8JsonWriter writer, SandboxUser user) => Write(writer, user, false);

    /// <summary>With <paramref name="self"/> the fields that only <c>/users/me</c> returns.</summary>
    public static void Write(Utf8JsonWriter writer, SandboxUser user, bool self) => Write(writer, user, self, false);

    /// <summary>With the time of the last activity, which only the list sorted by it returns.</summary>
    public static void WriteWithActivity(Utf8JsonWriter writer, SandboxUser user) => Write(writer, user, false, true);

    /// <summary>The user's status, if the server knows it.</summary>
    public static void WriteStatus(Utf8JsonWriter writer, SandboxUser user)
    {
        writer.WriteStartObject();
        writer.WriteString("user_id"u8, user.Id);
        writer.WriteString("status"u8, user.Status);
        writer.WriteBoolean("manual"u8, user.StatusIsManual);
        writer.WriteNumber("last_activity_at"u8, user.LastActivityAt);
        writer.WriteNumber("dnd_end_time"u8, 0);
        writer.WriteEndObject();
    }

    public static void WritePreference(
        Utf8JsonWriter writer,
        string userId,
        (string Category, string Name, string Value) preference
    )
    {
        writer.WriteStartObject();
        writer.WriteString("user_id"u8, userId);
        writer.WriteString("category"u8, preference.Category);
        writer.WriteString("name"u8, preference.Name);
        writer.WriteString("value"u8, preference.Value);
        writer.WriteEndObject();
    }

    public static void WriteBot(Utf8JsonWriter writer, SandboxUser user)
    {
        var bot = user.Bot!;
        writer.WriteStartObject();
        writer.WriteString("user_id"u8, user.Id);
        writer.WriteString("username"u8, user.Username);
        if (user.FirstName.Length > 0)
            writer.WriteString("display_name"u8, user.FirstName);
        if (bot.Description.Length > 0)
            writer.WriteString("description"u8, bot.Description);
        writer.WriteString("owner_id"u8, bot.OwnerId);
        writer.WriteNumber("create_at"u8, bot.CreateAt);
        writer.WriteNumber("update_at"u8, bot.UpdateAt);
        writer.WriteNumber("delete_at"u8, bot.DeleteAt);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SandboxUser user, bool self, bool activity)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, user.Id);
        writer.WriteNumber("create_at"u8, user.CreateAt);
        writer.WriteNumber("update_at"u8, user.UpdateAt);
        writer.WriteNumber("delete_at"u8, user.DeleteAt);
        writer.WriteString("username"u8, user.Username);
        writer.WriteString("auth_data"u8, "");
        writer.WriteString("auth_service"u8, "");
        writer.WriteString("email"u8, user.Email);
        writer.WriteString("nickname"u8, user.Nickname);
        writer.WriteString("first_name"u8, user.FirstName);
        writer.WriteString("last_name"u8, user.LastName);
        writer.WriteString("position"u8, user.Position);
        writer.WriteString("roles"u8, user.Roles);
        if (self)
        {
            writer.WritePropertyName("notify_props"u8);
            writer.WriteStartObject();
            foreach (var (name, value) in NotifyProps)
                writer.WriteString(name, value);
            writer.WriteEndObject();
            writer.WriteNumber("last_password_update"u8, user.CreateAt);
        }
        writer.WriteString("locale"u8, "en");
        writer.WritePropertyName("timezone"u8);
        writer.WriteRawValue("""{"automaticTimezone":"","manualTimezone":"","useAutomaticTimezone":"true"}"""u8, true);
        if (activity)
            writer.WriteNumber("last_activity_at"u8, user.LastActivityAt);
        if (user.Bot is { } bot)
        {
            writer.WriteBoolean("is_bot"u8, true);
            if (bot.Description.Length > 0)
                writer.WriteString("bot_description"u8, bot.Description);
        }
        writer.WriteBoolean("disable_welcome_email"u8, false);
        writer.WriteEndObject();
    }
}
