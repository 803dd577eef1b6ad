using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Binding;

/// <summary>
/// Makes attachments of hashtables: <c>@{ Color = 'Red'; Title = 'Host isolated'; Fields = [ordered]@{ Host = 'pc-7' } }</c>.
/// A key that no attachment has is an error that names those that there are.
/// </summary>
internal sealed class AttachmentInputAttribute : ArgumentTransformationAttribute
{
    private static readonly Dictionary<string, string> Colors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Good"] = "#2E9E5B",
        ["Warning"] = "#F2B705",
        ["Danger"] = "#B5200D",
        ["Green"] = "#2E9E5B",
        ["Yellow"] = "#F2B705",
        ["Orange"] = "#E8590C",
        ["Red"] = "#B5200D",
        ["Blue"] = "#3478C6",
        ["Gray"] = "#8A8F98",
        ["Grey"] = "#8A8F98",
    };

    private static readonly string[] Keys =
    [
        "Color",
        "Title",
        "TitleLink",
        "Text",
        "Pretext",
        "Fields",
        "Fallback",
        "Footer",
    ];

    private static readonly string[] FieldKeys = ["Title", "Value", "Short"];

    private static readonly Regex HexColor = new(
        "^#[0-9a-f]{6}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Unwrap(inputData);
        return value switch
        {
            IDictionary one => new[] { Read(one) },
            MattermostAttachment => inputData,
            IList list when list.Count > 0 && list.Cast<object?>().All(item => Unwrap(item) is IDictionary) =>
                list.Cast<object?>().Select(item => Read((IDictionary)Unwrap(item)!)).ToArray(),
            _ => inputData,
        };
    }

    private static MattermostAttachment Read(IDictionary given)
    {
        CheckKeys(given, Keys, "An attachment");
        var attachment = new MattermostAttachment
        {
            Color = Color(Text(given, "Color")),
            Title = Text(given, "Title"),
            TitleLink = Link(Text(given, "TitleLink")),
            Text = Text(given, "Text"),
            Pretext = Text(given, "Pretext"),
            Fields = Fields(Unwrap(given["Fields"])),
            Footer = Text(given, "Footer"),
            Fallback = Text(given, "Fallback") ?? Text(given, "Title") ?? Text(given, "Text"),
        };
        return attachment is { Title: null, Text: null, Pretext: null, Fields: null }
            ? throw Wrong("An attachment needs a Title, a Text, a Pretext or Fields.")
            : attachment;
    }

    // A dictionary has a field for each key; a list has a hashtable for each field.
    private static List<MattermostAttachmentField>? Fields(object? given) =>
        given switch
        {
            null => null,
            IDictionary fields => fields
                .Cast<DictionaryEntry>()
                .Select(field => new MattermostAttachmentField
                {
                    Title = AsText(field.Key),
                    Value = AsText(field.Value),
                    IsShort = true,
                })
                .ToList(),
            IList list when list.Cast<object?>().All(item => Unwrap(item) is IDictionary) => list.Cast<object?>()
                .Select(item => Field((IDictionary)Unwrap(item)!))
                .ToList(),
            _ => throw Wrong(
                "Fields of an attachment are a hashtable, best an [ordered] one, or a list of "
                    + "@{ Title = …; Value = …; Short = $true }."
            ),
        };

    private static MattermostAttachmentField Field(IDictionary given)
    {
        CheckKeys(given, FieldKeys, "A field of an attachment");
        return new MattermostAttachmentField
        {
            Title = Text(given, "Title") ?? "",
            Value = Text(given, "Value") ?? "",
            IsShort = LanguagePrimitives.IsTrue(given["Short"]),
        };
    }

    private static void CheckKeys(IDictionary given, string[] known, string what)
    {
        foreach (var key in given.Keys.Cast<object>().Select(AsText))
        {
            if (!known.Contains(key, StringComparer.OrdinalIgnoreCase))
                throw Wrong($"{what} has no '{key}'. It can have {string.Join(", ", known)}.");
        }
    }

    private static string? Color(string? given) =>
        given is null ? null
        : Colors.TryGetValue(given, out var color) ? color
        : HexColor.IsMatch(given) ? given
        : throw Wrong(
            $"'{given}' is no colour of an attachment. Give #RRGGBB, or one of {string.Join(", ", Colors.Keys)}."
        );

    private static string? Link(string? given) =>
        given is null || (Uri.TryCreate(given, UriKind.Absolute, out var link) && link.Scheme is "http" or "https")
            ? given
            : throw Wrong($"The TitleLink '{given}' of an attachment is no address that begins with http or https.");

    // A hashtable that was made by a script may distinguish upper and lower case.
    private static string? Text(IDictionary given, string name)
    {
        foreach (DictionaryEntry entry in given)
        {
            if (string.Equals(AsText(entry.Key), name, StringComparison.OrdinalIgnoreCase))
                return AsText(entry.Value) is { Length: > 0 } text ? text : null;
        }

        return null;
    }

    private static string AsText(object? value) =>
        value is IList list
            ? string.Join("\n", list.Cast<object?>().Select(LanguagePrimitives.ConvertTo<string>))
            : LanguagePrimitives.ConvertTo<string>(value) ?? "";

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static ArgumentTransformationMetadataException Wrong(string message) => new(message);
}
