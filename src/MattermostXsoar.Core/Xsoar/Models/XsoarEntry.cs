using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>An entry of a War Room.</summary>
internal sealed class XsoarEntry : IAnswer
{
    bool IAnswer.IsComplete => Id.Length > 0;

    /// <summary>
    /// The id, e.g. <c>96@1234</c>; newer servers put random text before the <c>@</c>, so it does not show the order.
    /// </summary>
    [JsonInclude]
    public string Id
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Increases with every change.</summary>
    [JsonInclude]
    public long Version { get; internal set; }

    /// <summary>The investigation's id.</summary>
    [JsonInclude]
    public string InvestigationId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>
    /// 1 note (any text), 3 file, 4 error, 7 image, 9 info file, 10 video, 11 warning, 12 static video, 15 map, 16
    /// debug file, 17 widget, 19 metrics.
    /// </summary>
    [JsonInclude]
    public int Type { get; internal set; }

    /// <summary>
    /// <c>chat</c>, <c>commandAndResults</c>, <c>playbookTaskResult</c>, <c>incidentInfo</c> …; empty or unknown values
    /// occur.
    /// </summary>
    [JsonInclude]
    public string Category
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>
    /// <c>text</c>, <c>markdown</c>, <c>html</c>, <c>json</c>, <c>table</c> or <c>dbotCommandResponse</c>.
    /// </summary>
    [JsonInclude]
    public string Format
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The author's user name (an e-mail address on 8.x); empty for system and playbook entries.</summary>
    [JsonInclude]
    public string User
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>When it was created.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarTimeConverter))]
    public DateTimeOffset Created { get; internal set; }

    /// <summary>When it was last changed.</summary>
    [JsonInclude, JsonConverter(typeof(XsoarTimeConverter))]
    public DateTimeOffset Modified { get; internal set; }

    /// <summary>The entry that this one replies to or results from; empty if there is none.</summary>
    [JsonInclude]
    public string ParentId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Whether it is marked as a note.</summary>
    [JsonInclude]
    public bool Note { get; internal set; }

    /// <summary>Whether it is marked as evidence.</summary>
    [JsonInclude]
    public bool Pinned { get; internal set; }

    /// <summary>Whether it is deleted.</summary>
    [JsonInclude]
    public bool Deleted { get; internal set; }

    /// <summary>The tags.</summary>
    [JsonInclude]
    public IReadOnlyList<string> Tags
    {
        get;
        internal set => field = value ?? [];
    } = [];

    /// <summary>The name of the attached file; empty if there is none.</summary>
    [JsonInclude]
    public string File
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Size and type of the attached file; null if there is none.</summary>
    [JsonInclude]
    public XsoarFileMetadata? FileMetadata { get; internal set; }

    /// <summary>The playbook task that produced the entry; null if there is none.</summary>
    [JsonInclude]
    public XsoarEntryTask? EntryTask { get; internal set; }

    /// <summary>The playbook task that the entry is a note on; empty if there is none.</summary>
    [JsonInclude]
    public string TaskId
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The integration that produced the entry; <c>Builtin</c> for people and the server.</summary>
    [JsonInclude]
    public string Brand
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The instance of that integration.</summary>
    [JsonInclude]
    public string Instance
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>The text; if the server sends an object, a list or a number, its JSON as it was sent.</summary>
    [JsonIgnore]
    public string Contents
    {
        get;
        internal set => field = value ?? "";
    } = "";

    /// <summary>Whether the server sent something other than a text, so that <see cref="Contents"/> is JSON.</summary>
    [JsonIgnore]
    public bool ContentsIsJson { get; internal set; }

    [JsonInclude, JsonPropertyName("contents"), JsonConverter(typeof(EntryContentsConverter))]
    internal EntryContents RawContents
    {
        get => new(Contents, ContentsIsJson);
        set => (Contents, ContentsIsJson) = (value.Text, value.IsJson);
    }
}
