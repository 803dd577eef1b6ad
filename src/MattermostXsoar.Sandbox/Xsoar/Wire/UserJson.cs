using System.Text.Json;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar.Wire;

/// <summary>Users as the server and, from 8 on, the platform write them.</summary>
internal static class UserJson
{
    public static void Write(Utf8JsonWriter writer, SandboxXsoarUser user)
    {
        writer.WriteStartObject();
        WriteName(writer, user);
        writer.WriteNumber("version"u8, 1);
        writer.WriteString("firstName"u8, First(user));
        writer.WriteString("lastName"u8, Last(user));
        writer.WriteBoolean("disabled"u8, user.Disabled);
        writer.WriteEndObject();
    }

    /// <summary>The caller, as <c>/user</c> returns it.</summary>
    public static void WriteSelf(Utf8JsonWriter writer, (SandboxXsoarUser User, string PlaygroundId) me)
    {
        writer.WriteStartObject();
        WriteName(writer, me.User);
        writer.WriteString("phone"u8, "");
        writer.WriteBoolean("defaultAdmin"u8, me.User.Role == "Administrator");
        writer.WriteStartArray("allRoles"u8);
        writer.WriteStringValue(me.User.Role);
        writer.WriteEndArray();
        writer.WriteString("lastLogin"u8, Instant.Format(0));
        writer.WritePropertyName("notificationsSettings"u8);
        writer.WriteRawValue("""{"email":{"all":true},"pushNotifications":{"all":true}}"""u8, true);
        writer.WriteStartObject("permissions"u8);
        writer.WriteEndObject();
        writer.WriteString("playgroundId"u8, me.PlaygroundId);
        writer.WriteString("image"u8, "");
        writer.WriteEndObject();
    }

    public static void WritePlatform(Utf8JsonWriter writer, SandboxXsoarUser user)
    {
        writer.WriteStartObject();
        writer.WriteString("user_email"u8, user.Email);
        writer.WriteString("user_first_name"u8, First(user));
        writer.WriteString("user_last_name"u8, Last(user));
        writer.WriteString("role_name"u8, user.Role);
        writer.WriteNumber("last_logged_in"u8, 1_695_200_000_000);
        writer.WriteString("user_type"u8, "SSO");
        writer.WriteStartArray("groups"u8);
        writer.WriteEndArray();
        writer.WriteStartArray("scope"u8);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, SandboxXsoarUser user)
    {
        writer.WriteString("id"u8, user.Username);
        writer.WriteString("username"u8, user.Username);
        writer.WriteString("name"u8, user.Name);
        writer.WriteString("email"u8, user.Email);
        writer.WriteStartObject("roles"u8);
        writer.WriteStartArray("demisto"u8);
        writer.WriteStringValue(user.Role);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string First(SandboxXsoarUser user) => user.Name.Split(' ')[0];

    private static string Last(SandboxXsoarUser user) =>
        user.Name.Contains(' ', StringComparison.Ordinal)
            ? user.Name[(user.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..]
            : "";
}
