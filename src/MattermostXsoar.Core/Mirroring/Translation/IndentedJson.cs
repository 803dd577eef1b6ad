using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mirroring.Translation;

/// <summary>JSON for people to read.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class IndentedJson : JsonSerializerContext;
