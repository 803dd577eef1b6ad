namespace MattermostXsoar.Core.State;

/// <summary>Where the state file lies.</summary>
internal static class StorePath
{
    /// <summary>
    /// The file for <paramref name="requested"/>: a file is taken as it is, a folder gets the default name, nothing gets the
    /// default folder (the user's local application data). The default name tells servers apart.
    /// </summary>
    public static string Resolve(string? requested, Uri mattermost)
    {
        var name = mattermost.IsDefaultPort
            ? $"{mattermost.Host}.db"
            : FormattableString.Invariant($"{mattermost.Host}-{mattermost.Port}.db");
        foreach (var character in Path.GetInvalidFileNameChars())
            name = name.Replace(character, '_');
        name = name.Replace(':', '_').Trim('[', ']');

        if (requested is null || requested.Trim().Length == 0)
        {
            var folder = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
            return Path.Combine(folder, "MattermostXsoar", name);
        }

        var full = Path.GetFullPath(requested);
        var isFolder = Directory.Exists(full)
            || requested.EndsWith(Path.DirectorySeparatorChar.ToString(), StringComparison.Ordinal)
            || requested.EndsWith(Path.AltDirectorySeparatorChar.ToString(), StringComparison.Ordinal);
        return isFolder ? Path.Combine(full, name) : full;
    }
}
