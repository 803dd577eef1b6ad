using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The stored form of lines on their way.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PostPayload))]
[JsonSerializable(typeof(EntryPayload))]
internal sealed partial class PayloadJson : JsonSerializerContext;
