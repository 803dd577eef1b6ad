using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>
/// Reads the posts of a list one by one: of one with values of a wrong shape the others are read, and one that is no
/// object is read as a post without an id, which <see cref="PostList"/> leaves out.
/// </summary>
internal sealed class PostsConverter : JsonConverter<IReadOnlyDictionary<string, MattermostPost>>
{
    public override IReadOnlyDictionary<string, MattermostPost>? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var posts = new Dictionary<string, MattermostPost>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IdOf(ref reader) is not { } id)
            {
                LenientJson.CountDropped();
                reader.Skip();
                continue;
            }

            reader.Read();
            // A literal null is a list that is incomplete, which the list finds.
            if (reader.TokenType == JsonTokenType.Null)
                posts[id] = null!;
            else
                posts[id] = LenientJson.ReadObject(ref reader, MattermostJson.Default.MattermostPost) ?? Unreadable();
        }

        return posts;
    }

    public override void Write(
        Utf8JsonWriter writer,
        IReadOnlyDictionary<string, MattermostPost> value,
        JsonSerializerOptions options
    )
    {
        writer.WriteStartObject();
        foreach (var post in value)
        {
            writer.WritePropertyName(post.Key);
            JsonSerializer.Serialize(writer, post.Value, MattermostJson.Default.MattermostPost);
        }

        writer.WriteEndObject();
    }

    // Null for a name that cannot be represented, such as half of a surrogate pair.
    private static string? IdOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static MattermostPost Unreadable()
    {
        LenientJson.CountDropped();
        return new MattermostPost();
    }
}
