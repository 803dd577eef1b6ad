using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Xsoar.Model;
using MattermostXsoar.Sandbox.Xsoar.Query;

namespace MattermostXsoar.Sandbox.Xsoar.Api;

/// <summary><c>{"data":[…],"total":n}</c>, where <c>data</c> is null if nothing was found.</summary>
internal static class SearchAnswers
{
    public static Answer Write(
        SearchPage page,
        bool emptyIsList,
        Action<Utf8JsonWriter, SandboxIncident> write,
        int? notUpdated = null
    ) =>
        new(
            200,
            Json.Bytes(
                (page, emptyIsList, write, notUpdated),
                static (writer, it) =>
                {
                    writer.WriteStartObject();
                    if (it.page.Items.Count == 0 && !it.emptyIsList)
                    {
                        writer.WriteNull("data"u8);
                    }
                    else
                    {
                        writer.WriteStartArray("data"u8);
                        foreach (var incident in it.page.Items)
                            it.write(writer, incident);
                        writer.WriteEndArray();
                    }
                    writer.WriteNumber("total"u8, it.page.Total);
                    if (it.notUpdated is { } count)
                        writer.WriteNumber("notUpdated"u8, count);
                    writer.WriteEndObject();
                }
            )
        );
}
