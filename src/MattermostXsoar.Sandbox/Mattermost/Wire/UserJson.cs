using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Users as the server writes them.</summary>
internal sealed class UserJson(ServerVersion version)
{
    /// <summary>The settings of an account that did not change any.</summary>
    public SortedDictionary<string, string> DefaultNotifyProps { get; } = Defaults(version);

    /// <summary>As other users see the account.</summary>
    public void Write(Utf8JsonWriter writer, SandboxUser user) => Write(writer, user, UserView.Other);

    /// <summary>With the time of the last activity, which only the list sorted by it returns.</summary>
    public Action<Utf8JsonWriter, SandboxUser> WithActivityFor(SandboxUser viewer) =>
        (writer, user) => Write(writer, user, ViewOf(viewer), activity: true);

    /// <summary>As the viewer sees other accounts.</summary>
    public Action<Utf8JsonWriter, SandboxUser> For(SandboxUser viewer) =>
        (writer, user) => Write(writer, user, ViewOf(viewer));

    private UserView ViewOf(SandboxUser viewer) =>
        viewer.IsSystemAdmin && version.AdministratorsSeeSettings ? UserView.Administrator : UserView.Other;

    private static SortedDictionary<string, string> Defaults(ServerVersion version)
    {
        var props = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["channel"] = "true",
            ["comments"] = "never",
            ["desktop"] = "mention",
            ["desktop_sound"] = "true",
            ["email"] = "true",
            ["first_name"] = "false",
            ["mention_keys"] = "",
            ["push"] = "mention",
            ["push_status"] = version.HasThreadSettings ? "online" : "away",
        };
        if (!version.HasThreadSettings)
            return props;
        foreach (var name in new[] { "desktop_threads", "email_threads", "push_threads" })
            props[name] = "all";
        return props;
    }

    /// <summary>The user's status, if the server knows it.</summary>
    public static void WriteStatus(Utf8JsonWriter writer, SandboxUser user)
    {
        writer.WriteStartObject();
        writer.WriteString("user_id"u8, user.Id);
        writer.WriteString("status"u8, user.Status);
        writer.WriteBoolean("manual"u8, user.StatusIsManual);
        writer.WriteNumber("last_activity_at"u8, user.LastActivityAt);
        if (user.ActiveChannelId.Length > 0 && user.Status != "offline")
            writer.WriteString("active_channel"u8, user.ActiveChannelId);
        writer.WriteNumber("dnd_end_time"u8, user.DoNotDisturbUntil);
        writer.WriteEndObject();
    }

    /// <summary>The status of an account that does not exist.</summary>
    public static void WriteNoStatus(Utf8JsonWriter writer, string userId)
    {
        writer.WriteStartObject();
        writer.WriteString("user_id"u8, userId);
        writer.WriteString("status"u8, "offline");
        writer.WriteBoolean("manual"u8, false);
        writer.WriteNumber("last_activity_at"u8, 0);
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

    public void Write(Utf8JsonWriter writer, SandboxUser user, UserView view, bool activity = false)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, user.Id);
        writer.WriteNumber("create_at"u8, user.CreateAt);
        writer.WriteNumber("update_at"u8, user.UpdateAt);
        writer.WriteNumber("delete_at"u8, user.DeleteAt);
        writer.WriteString("username"u8, user.Username);
        if (view == UserView.Other || !version.AdministratorsSeeSettings)
            writer.WriteString("auth_data"u8, "");
        writer.WriteString("auth_service"u8, view == UserView.Other ? "" : user.AuthService);
        writer.WriteString("email"u8, user.Email);
        // Left out while it is not; everything that is empty in Go is.
        if (view != UserView.Other && user.EmailVerified)
            writer.WriteBoolean("email_verified"u8, true);
        writer.WriteString("nickname"u8, user.Nickname);
        writer.WriteString("first_name"u8, user.FirstName);
        writer.WriteString("last_name"u8, user.LastName);
        writer.WriteString("position"u8, user.Position);
        writer.WriteString("roles"u8, user.Roles);
        if (user.Props.Count > 0)
            WriteTexts(writer, "props", user.Props);
        if (view != UserView.Other)
            WriteTexts(writer, "notify_props", user.NotifyProps ?? DefaultNotifyProps);
        if (view == UserView.Self)
            writer.WriteNumber("last_password_update"u8, user.CreateAt);
        if (user.PictureAt > 0)
            writer.WriteNumber("last_picture_update"u8, user.PictureAt);
        if (view == UserView.Administrator && user.FailedAttempts > 0)
            writer.WriteNumber("failed_attempts"u8, user.FailedAttempts);
        writer.WriteString("locale"u8, user.Locale);
        WriteTexts(writer, "timezone", user.TimeZone);
        if (version.UsersHaveRemoteIds && !user.IsBot)
            writer.WriteString("remote_id"u8, "");
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

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> texts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in texts)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }
}
