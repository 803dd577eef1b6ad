using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mirroring.Translation;

/// <summary>The stored form of lines on their way.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ChatLine))]
[JsonSerializable(typeof(WarRoomLine))]
internal sealed partial class PayloadJson : JsonSerializerContext;
