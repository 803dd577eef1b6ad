using System.Reflection;
using Xunit;
using Xunit.v3;

[assembly: MattermostXsoar.Tests.Support.PlantedFaults]

namespace MattermostXsoar.Tests.Support;

/// <summary>Fails each test that planned a fault that never happened (<see cref="PlantedFaults"/>): it has not tested
/// what its name promises.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class PlantedFaultsAttribute : BeforeAfterTestAttribute
{
    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        var missing = PlantedFaults.MissingIn(test);
        if (missing.Count > 0)
            Assert.Fail(
                "This was to go wrong and never did:" + string.Concat(missing.Select(static it => "\n- " + it))
            );
    }
}
