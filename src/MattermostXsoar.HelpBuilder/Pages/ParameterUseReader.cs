namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>Reads the YAML blocks of parameters, whose keys and order PlatyPS 2.0.0 fixes.</summary>
internal static class ParameterUseReader
{
    private static readonly string[] Needed =
    [
        "Type",
        "Parameter Sets",
        "Aliases",
        "Required",
        "Position",
        "Default value",
        "Accept pipeline input",
        "Accept wildcard characters",
    ];

    private const string AcceptedValues = "Accepted values";

    private static readonly string[] PipelineWays =
    [
        "False",
        "True (ByValue)",
        "True (ByPropertyName)",
        "True (ByPropertyName, ByValue)",
    ];

    /// <summary>The use that a block describes, or null after reporting its fault.</summary>
    public static ParameterUse? Read(string text, int line, Action<int, string> report)
    {
        if (Keys(text, line, report) is not { } keys)
            return null;
        var fine = true;
        foreach (var missing in Needed.Where(key => !keys.ContainsKey(key)))
            Fault($"The parameter's block lacks '{missing}:'.");
        if (!fine)
            return null;
        if (!bool.TryParse(keys["Required"], out var required))
            Fault("'Required:' must be True or False.");
        if (!bool.TryParse(keys["Accept wildcard characters"], out var wildcards))
            Fault("'Accept wildcard characters:' must be True or False.");
        var isNumber = int.TryParse(keys["Position"], out var position);
        if (!isNumber && keys["Position"] != "Named")
            Fault("'Position:' must be a number from 0 or Named.");
        if (!PipelineWays.Contains(keys["Accept pipeline input"]))
            Fault($"'Accept pipeline input:' must be one of {string.Join("; ", PipelineWays)}.");
        if (keys["Type"].Length == 0)
            Fault("'Type:' is empty.");
        return !fine
            ? null
            : new ParameterUse
            {
                Type = keys["Type"],
                Sets = List(keys["Parameter Sets"]),
                Aliases = List(keys["Aliases"]),
                AcceptedValues = keys.TryGetValue(AcceptedValues, out var values) ? List(values) : [],
                Required = required,
                Position = isNumber ? position : null,
                DefaultValue = keys["Default value"],
                PipelineInput = keys["Accept pipeline input"],
                Wildcards = wildcards,
            };

        void Fault(string message)
        {
            fine = false;
            report(line, message);
        }
    }

    private static Dictionary<string, string>? Keys(string text, int line, Action<int, string> report)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = line;
        foreach (var row in text.Split('\n'))
        {
            number++;
            if (row.Trim().Length == 0)
                continue;
            var colon = row.IndexOf(':', StringComparison.Ordinal);
            var key = colon < 0 ? row.Trim() : row[..colon].Trim();
            if (
                colon < 0
                || (!Needed.Contains(key) && key != AcceptedValues)
                || !keys.TryAdd(key, row[(colon + 1)..].Trim())
            )
            {
                report(number, $"'{key}' does not belong here.");
                return null;
            }
        }

        return keys;
    }

    private static string[] List(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
