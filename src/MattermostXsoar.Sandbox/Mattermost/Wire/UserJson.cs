using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Users as the server writes them.</summary>
internal static class UserJson
{
    public static void Write(Utf8JsonWriter writer, SandboxUser user) => Write(writer, user, false);

    /// <summary>With <paramref name="self"/> the fields that only <c>/users/me</c> shows.</summary>
    public static void Write(Utf8JsonWriter writer, SandboxUser user, bool self)
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
        writer.WriteString("position"u8, "");
        writer.WriteString("roles"u8, user.Roles);
        if (self)
        {
            writer.WritePropertyName("notify_props"u8);
            writer.WriteRawValue("""{"channel":"true","comments":"never","desktop":"mention","desktop_sound":"true","email":"true","first_name":"false","mention_keys":"","push":"mention","push_status":"away"}"""u8, true);
            writer.WriteNumber("last_password_update"u8, user.CreateAt);
        }
        writer.WriteString("locale"u8, "en");
        writer.WritePropertyName("timezone"u8);
        writer.WriteRawValue("""{"automaticTimezone":"","manualTimezone":"","useAutomaticTimezone":"true"}"""u8, true);
        if (user.IsBot)
        {
            writer.WriteBoolean("is_bot"u8, true);
            writer.WriteString("bot_description"u8, "sandbox bot");
        }
        writer.WriteBoolean("disable_welcome_email"u8, false);
        writer.WriteEndObject();
    }
}
