using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>
/// Refusals that mean something, and that the server tells in words only: neither status nor id of them is documented.
/// </summary>
internal static class XsoarConflict
{
    /// <summary>Somebody else changed the object since it was read.</summary>
    public static bool IsStale(ApiException error) =>
        error.ServerErrorId == "errOptimisticLock"
        || (
            Says(error, "version")
            && (Says(error, "conflict") || Says(error, "DB version") || Says(error, "changed by"))
        );

    /// <summary>The task was completed before.</summary>
    public static bool IsCompleted(ApiException error) => Says(error, "completed already");

    /// <summary>The incident has an investigation already.</summary>
    public static bool IsOpened(ApiException error) => Says(error, "already exists");

    private static bool Says(ApiException error, string words) =>
        error.ServerWords?.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}
