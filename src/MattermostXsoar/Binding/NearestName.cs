using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Binding;

/// <summary>Finds the name that was probably meant by one that does not exist.</summary>
internal static class NearestName
{
    private const string Key = "MattermostXsoar.Suggestion";

    /// <summary>
    /// Whether a text could be a name in links. Such a text is never looked for among the display names, which anybody
    /// chooses freely: a message for a channel that does not exist must not be posted in one that is only titled so.
    /// </summary>
    public static bool IsPossible(string text) =>
        text.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.');

    /// <summary>The name with the fewest differences from a text, or null if none is near.</summary>
    public static string? Of(string text, IEnumerable<string> names)
    {
        var given = text.ToLowerInvariant();
        var most = given.Length switch
        {
            <= 3 => 1,
            <= 7 => 2,
            _ => 3,
        };
        return names
            .Where(name => name.Length > 0)
            .Select(name => (Name: name, Distance: Distance(given, name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= most)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>The error with the name that was probably meant; as it is if there is none.</summary>
    public static MattermostXsoarException Suggest(MattermostXsoarException error, string? name)
    {
        if (name is null)
            return error;
        var message = $"{error.Message} Did you mean '{name}'?";
        var suggesting = error is ApiException api
            ? new ApiException(api.ErrorId, api.Kind, message, api.Advice, api)
            {
                StatusCode = api.StatusCode,
                ServerErrorId = api.ServerErrorId,
                RequestId = api.RequestId,
            }
            : new MattermostXsoarException(error.ErrorId, error.Kind, message, error.Advice, error);
        suggesting.Data[Key] = name;
        return suggesting;
    }

    /// <summary>The name that an error suggests, or null.</summary>
    public static string? SuggestedBy(MattermostXsoarException error) => error.Data[Key] as string;

    // The number of letters to insert, to delete or to replace.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
