using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.State;

/// <summary>The lists that a column of the store holds.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class StoreJson : JsonSerializerContext;
