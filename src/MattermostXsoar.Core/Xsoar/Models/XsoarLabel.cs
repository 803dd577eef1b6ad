using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>A label of an incident: a kind and a value.</summary>
internal sealed class XsoarLabel : IAnswer
{
    bool IAnswer.IsComplete => Type.Length > 0;

    [JsonInclude]
    public string Type
    {
        get;
        internal set => field = value ?? "";
    } = "";

    [JsonInclude]
    public string Value
    {
        get;
        internal set => field = value ?? "";
    } = "";
}
