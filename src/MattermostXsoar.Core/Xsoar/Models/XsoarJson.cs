using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The source-generated serialization of XSOAR's JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(XsoarServerInfo))]
[JsonSerializable(typeof(IncidentSearch))]
[JsonSerializable(typeof(IncidentPage))]
[JsonSerializable(typeof(XsoarIncident))]
[JsonSerializable(typeof(EntrySearch))]
[JsonSerializable(typeof(XsoarInvestigation))]
[JsonSerializable(typeof(XsoarEntry))]
[JsonSerializable(typeof(NewFormattedEntry))]
[JsonSerializable(typeof(EntryUpdate))]
[JsonSerializable(typeof(EntryTags))]
[JsonSerializable(typeof(XsoarError))]
[JsonSerializable(typeof(List<XsoarUser>))]
[JsonSerializable(typeof(PlatformUsers))]
[JsonSerializable(typeof(List<XsoarTask>))]
[JsonSerializable(typeof(IncidentTaskPage))]
[JsonSerializable(typeof(WorkPlan))]
[JsonSerializable(typeof(TaskSearch))]
[JsonSerializable(typeof(WidgetQuery))]
[JsonSerializable(typeof(TaskCompletion))]
[JsonSerializable(typeof(TaskAssignment))]
[JsonSerializable(typeof(IncidentClosing))]
[JsonSerializable(typeof(IncidentOpening))]
internal sealed partial class XsoarJson : JsonSerializerContext;
