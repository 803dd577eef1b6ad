using System.Management.Automation;

namespace MattermostXsoar.Binding;

/// <summary>
/// As <see cref="IdTextAttribute"/>, for paths with wildcards: a file or folder object means exactly that file.
/// </summary>
internal sealed class PathTextAttribute : IdTextAttribute
{
    private protected override object? Convert(object? value) =>
        value switch
        {
            FileSystemInfo file => WildcardPattern.Escape(file.FullName),
            PathInfo path => path.Path,
            _ => base.Convert(value),
        };
}
