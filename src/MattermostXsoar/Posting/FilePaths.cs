using System.Management.Automation;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Posting;

/// <summary>Resolves paths of PowerShell to files. Must be called on the pipeline's thread.</summary>
internal sealed class FilePaths(PathIntrinsics paths)
{
    /// <summary>The files of a path that may have wildcards; matching folders are skipped.</summary>
    /// <exception cref="MattermostXsoarException">FileNotFound, or InvalidArgument for a path that is not in a file
    /// system.</exception>
    public IReadOnlyList<string> Find(string path)
    {
        try
        {
            var found = paths.GetResolvedProviderPathFromPSPath(path, out var provider);
            EnsureFiles(path, provider);
            var files = WildcardPattern.ContainsWildcardCharacters(path) ? [.. found.Where(File.Exists)] : found;
            return files.Count > 0 ? files : throw Missing(path, null);
        }
        catch (Exception cause)
            when (cause
                    is ItemNotFoundException
                        or System.Management.Automation.DriveNotFoundException
                        or WildcardPatternException
            )
        {
            throw Missing(path, cause);
        }
    }

    /// <summary>The file of a path without wildcards.</summary>
    /// <exception cref="MattermostXsoarException">As <see cref="Find"/>.</exception>
    public string FindLiterally(string path)
    {
        try
        {
            var file = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            EnsureFiles(path, provider);
            return file;
        }
        catch (System.Management.Automation.DriveNotFoundException cause)
        {
            throw Missing(path, cause);
        }
    }

    private static void EnsureFiles(string path, ProviderInfo provider)
    {
        if (provider.Name != "FileSystem")
        {
            throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{path}' is not a path of a file system, but of the provider {provider.Name}.",
                "Give the path of a file."
            );
        }
    }

    private static MattermostXsoarException Missing(string path, Exception? cause) =>
        new(
            ErrorIds.FileNotFound,
            ErrorKind.NotFound,
            $"There is no file '{path}'.",
            "Check the path. Give a name with brackets with -LiteralPath.",
            cause
        );
}
