using System.Runtime.CompilerServices;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Errors;

/// <summary>Which item of a list an error concerns, where the list is used as a whole.</summary>
internal static class FailedItem
{
    private static readonly ConditionalWeakTable<MattermostXsoarException, object> Items = new();

    /// <summary>The same error, which now concerns this item.</summary>
    public static MattermostXsoarException Concerning(this MattermostXsoarException error, object item)
    {
        Items.Remove(error);
        Items.Add(error, item);
        return error;
    }

    /// <summary>The item, or null if the error concerns the list, or none is known.</summary>
    public static object? Of(MattermostXsoarException error) => Items.TryGetValue(error, out var item) ? item : null;
}
