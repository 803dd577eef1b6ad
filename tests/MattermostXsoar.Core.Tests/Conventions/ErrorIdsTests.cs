using System.Reflection;
using MattermostXsoar.Core.Errors;
using Xunit;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>The ids that scripts match on.</summary>
public sealed class ErrorIdsTests
{
    [Fact]
    public void Each_is_the_name_it_is_declared_under_and_so_no_two_are_alike()
    {
        var ids = typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Equal(id.Name, id.GetRawConstantValue()));
        Assert.Equal(ids.Length, ids.Select(id => id.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ids, id => Assert.Matches("^[A-Z][A-Za-z]+$", id.Name));
    }
}
