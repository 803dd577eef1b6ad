using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>The stored form of deliveries that have not arrived.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PostPayload))]
[JsonSerializable(typeof(EntryPayload))]
internal sealed partial class PayloadJson : JsonSerializerContext;
