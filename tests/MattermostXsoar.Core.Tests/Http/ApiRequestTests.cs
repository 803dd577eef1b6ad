using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

public sealed class ApiRequestTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(" .. ")]
    public void A_name_that_would_change_the_path_is_refused(string name)
    {
        var path = $"/api/v4/teams/name/{Uri.EscapeDataString(name)}";
        foreach (var whole in new[] { path, path + "/channels", path + "?page=0" })
        {
            var error = Assert.Throws<MattermostXsoarException>(() => new ApiRequest(HttpMethod.Get, whole));
            Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
            Assert.StartsWith($"'{name}' is no name", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("...")]
    [InlineData("a.b")]
    [InlineData("..a")]
    [InlineData("a/../b")]
    [InlineData("?x")]
    public void Any_other_name_is_one_segment(string name)
    {
        var request = new ApiRequest(HttpMethod.Get, $"/api/v4/teams/name/{Uri.EscapeDataString(name)}");
        var sent = new Uri("http://127.0.0.1" + request.Path).AbsolutePath;
        Assert.Equal("/api/v4/teams/name/" + name, Uri.UnescapeDataString(sent));
        Assert.Equal(5, sent.Count(character => character == '/'));
    }

    [Fact]
    public void A_query_may_have_dots_and_blanks() =>
        Assert.Equal("/api/v4/users?name=..&q=", new ApiRequest(HttpMethod.Get, "/api/v4/users?name=..&q=").Path);
}
