using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>The source-generated serialization of what is stored of a message.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ControlPlan))]
internal sealed partial class ControlJson : JsonSerializerContext;
