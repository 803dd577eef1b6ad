using System.Management.Automation;

namespace MattermostXsoar.Module.Tests.Hosting;

internal static class ResultAssertions
{
    /// <summary>Fails unless the pipeline gave exactly one error with this id and category, and with advice.</summary>
    public static ErrorRecord AssertError(this EngineResult result, string errorId, ErrorCategory category)
    {
        var error = Assert.Single(result.Errors);
        Assert.Equal((errorId, category), (error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category));
        Assert.False(
            string.IsNullOrWhiteSpace(error.ErrorDetails?.RecommendedAction),
            "The error gives no advice: " + error
        );
        Assert.NotEmpty(error.Exception.Message);
        return error;
    }

    /// <summary>A property by any of its names, as PowerShell sees it.</summary>
    public static object? Get(this PSObject item, string property)
    {
        var found = item.Properties[property];
        Assert.True(found is not null, $"There is no property '{property}' on {item}.");
        return found!.Value is PSObject wrapped ? wrapped.BaseObject : found.Value;
    }

    public static IEnumerable<string?> All(this IEnumerable<PSObject> items, string property) =>
        items.Select(item => item.Get(property)?.ToString());
}
