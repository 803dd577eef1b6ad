using System.Globalization;
using System.Text;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>Status and preferences of an account, and bots.</content>
public sealed partial class MattermostWorld
{
    /// <param name="user">The user.</param>
    /// <param name="status">The status.</param>
    /// <param name="until">When <c>dnd</c> ends, in seconds since the epoch; null for no end.</param>
    internal void SetStatus(SandboxUser user, string status, long? until = null)
    {
        lock (_gate)
        {
            user.Status = status;
            user.StatusIsManual = status != "online";
            if (status == "dnd")
                user.DoNotDisturbUntil = (until ?? 0) / 60 * 60;
            else if (status == "online")
                user.DoNotDisturbUntil = 0;
            if (status is "away" or "offline")
                user.ActiveChannelId = "";
            if (status == "online" || (user.LastActivityAt == 0 && !Version.KeepsActivityOfStatuses))
                user.LastActivityAt = Now;
            EmitStatus(user);
        }
    }

    /// <summary>Sets the text that a user shows beside the name. A long text is cut.</summary>
    internal void SetCustomStatus(SandboxUser user, string emoji, string text, string duration, string expiresAt)
    {
        lock (_gate)
        {
            var expires = DateTimeOffset.TryParse(
                expiresAt,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
                ? time.ToUniversalTime()
                : new DateTimeOffset(1, 1, 1, 0, 0, 0, TimeSpan.Zero);
            const int MaxText = 100;
            Patch(
                user,
                it =>
                    it.Props["customStatus"] = Encoding.UTF8.GetString(
                        Json.Bytes(writer =>
                        {
                            writer.WriteStartObject();
                            writer.WriteString("emoji"u8, emoji.Length > 0 ? emoji : "speech_balloon");
                            writer.WriteString("text"u8, text.Length > MaxText ? text[..MaxText] : text);
                            writer.WriteString("duration"u8, duration);
                            writer.WriteString(
                                "expires_at"u8,
                                expires.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
                            );
                            writer.WriteEndObject();
                        })
                    )
            );
        }
    }

    internal void RemoveCustomStatus(SandboxUser user) => Patch(user, static it => it.Props["customStatus"] = "");

    internal void SetPreferences(
        SandboxUser user,
        IReadOnlyList<(string Category, string Name, string Value)> preferences
    )
    {
        lock (_gate)
        {
            foreach (var (category, name, value) in preferences)
                user.Preferences[(category, name)] = value;
            EmitPreferences("preferences_changed", user, preferences);
        }
    }

    internal void DeletePreferences(
        SandboxUser user,
        IReadOnlyList<(string Category, string Name, string Value)> preferences
    )
    {
        lock (_gate)
        {
            foreach (var (category, name, _) in preferences)
                user.Preferences.Remove((category, name));
            EmitPreferences("preferences_deleted", user, preferences);
        }
    }

    /// <summary>Finds the account of a bot, optionally a disabled one.</summary>
    internal SandboxUser BotUser(string id, bool includeDeleted = true)
    {
        lock (_gate)
        {
            return _users.TryGetValue(id, out var user) && user.Bot is { } bot && (includeDeleted || bot.DeleteAt == 0)
                ? user
                : throw MattermostException.NoBot();
        }
    }

    /// <summary>Changes a bot; null leaves a field unchanged.</summary>
    internal void PatchBot(SandboxUser user, string? username, string? displayName, string? description)
    {
        lock (_gate)
        {
            RenameUser(user, username ?? user.Username);
            user.FirstName = displayName ?? user.FirstName;
            user.UpdateAt = Now;
            // As recorded: the account changes first, and its event has the old description.
            EmitUserUpdated(user);
            user.Bot!.Description = description ?? user.Bot.Description;
            user.Bot.UpdateAt = Now;
        }
    }

    /// <summary>A new bot sends a message to its owner.</summary>
    internal void Greet(SandboxUser bot)
    {
        lock (_gate)
        {
            if (!_users.TryGetValue(bot.Bot!.OwnerId, out var owner))
                return;
            PostSystem(
                Direct(bot.Id, owner.Id),
                bot,
                "add_bot_teams_channels",
                "Please add me to teams and channels you want me to interact in. "
                    + "To do this, use the browser or Mattermost Desktop App.",
                [],
                sender: "@" + bot.Username
            );
        }
    }

    /// <summary>Sets a user online, unless they are already or set their status by hand.</summary>
    internal void SetOnline(SandboxUser user)
    {
        lock (_gate)
        {
            if (user.Status == "offline" && !user.StatusIsManual)
                SetStatus(user, "online");
        }
    }

    internal void AssignBot(SandboxUser bot, SandboxUser owner)
    {
        lock (_gate)
        {
            bot.Bot!.OwnerId = owner.Id;
            bot.Bot.UpdateAt = Now;
        }
    }

    private void EmitStatus(SandboxUser user) =>
        Emit(
            "status_change",
            Audience.User(user.Id),
            user,
            static (writer, it) =>
            {
                writer.WriteString("status"u8, it.Status);
                writer.WriteString("user_id"u8, it.Id);
            }
        );

    private void EmitPreferences(
        string name,
        SandboxUser user,
        IReadOnlyList<(string Category, string Name, string Value)> preferences
    )
    {
        var json = Json.Array(preferences, (writer, it) => UserJson.WritePreference(writer, user.Id, it));
        // Some preferences change the sidebar, so the server publishes each time that it may have changed.
        Emit("sidebar_category_updated", Audience.User(user.Id), 0, static (_, _) => { });
        Emit(name, Audience.User(user.Id), json, static (writer, it) => writer.WriteString("preferences"u8, it));
    }

    /// <summary>The permissions of roles that an administrator has changed. The sandbox itself does not go by
    /// them.</summary>
    internal System.Collections.Concurrent.ConcurrentDictionary<string, string[]> RolePermissions { get; } = [];

    /// <summary>Sets the picture; null removes it.</summary>
    internal void SetPicture(SandboxUser user, StoredContent? picture)
    {
        lock (_gate)
        {
            user.Picture = picture;
            user.UpdateAt = Now;
            user.PictureAt = picture is null ? 0 : user.UpdateAt;
            EmitUserUpdated(user);
        }
    }
}
