using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("https://chat.example.com", "https://chat.example.com")]
    [InlineData("https://chat.example.com/", "https://chat.example.com")]
    [InlineData("https://chat.example.com/api/v4/", "https://chat.example.com")]
    [InlineData("https://chat.example.com:8443/mm/api/v4", "https://chat.example.com:8443/mm")]
    [InlineData("http://user:pass@chat.example.com/mm/?x=1#y", "http://chat.example.com/mm")]
    public void Addresses_come_into_one_form(string typed, string expected) =>
        Assert.Equal(expected, ServerAddress.Root(ServerAddress.Normalize(new Uri(typed), "/api/v4")));

    [Theory]
    [InlineData("chat.example.com")]
    [InlineData("ftp://user:password@chat.example.com")]
    public void Anything_else_is_refused(string typed)
    {
        var error = Assert.Throws<MattermostXsoarException>(() =>
            ServerAddress.Normalize(new Uri(typed, UriKind.RelativeOrAbsolute), "")
        );
        Assert.Equal((ErrorIds.InvalidArgument, ErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
        Assert.Contains("'chat.example.com", error.Message.Replace("ftp://", ""));
        Assert.DoesNotContain("password", error.Message);
    }
}
