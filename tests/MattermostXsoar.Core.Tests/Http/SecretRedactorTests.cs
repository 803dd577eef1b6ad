using System.Text;
using MattermostXsoar.Core.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

public sealed class SecretRedactorTests
{
    private const string Secret = "p@ss/word+ä?";

    [Fact]
    public void Every_form_of_a_secret_is_taken_out()
    {
        var redactor = new SecretRedactor();
        redactor.Add(Secret);
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret));
        foreach (var form in new[]
        {
            Secret, Uri.EscapeDataString(Secret), base64, base64.TrimEnd('='), Uri.EscapeDataString(base64),
            base64.TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        })
            Assert.Equal("before *** after", redactor.Redact($"before {form} after"));
    }

    [Fact]
    public void Text_without_a_secret_stays_as_it_is() => Assert.Equal("nothing here", With(Secret).Redact("nothing here"));

    [Fact]
    public void A_short_secret_is_ignored() => Assert.Equal("a panw team", With("panw").Redact("a panw team"));

    [Fact]
    public void Several_secrets_are_taken_out()
    {
        var redactor = With("first-secret");
        redactor.Add("second-secret");
        Assert.Equal("*** and ***", redactor.Redact("first-secret and second-secret"));
    }

    [Fact]
    public async Task Secrets_may_be_added_from_many_threads()
    {
        var redactor = new SecretRedactor();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => redactor.Add($"secret-number-{i}-x"))));
        for (var i = 0; i < 50; i++)
            Assert.Equal(SecretRedactor.Mask, redactor.Redact($"secret-number-{i}-x"));
    }

    [Fact]
    public void A_token_never_says_what_it_is()
    {
        var token = new AccessToken("some-secret-token".ToCharArray(), new SecretRedactor());
        Assert.Equal("***", token.ToString());
        Assert.Equal("***", $"{ApiCredentials.Bearer(token)}");
        Assert.Equal("some-secret-token", token.Reveal());
    }

    [Theory]
    [InlineData("")]
    [InlineData("line\r\nX-Injected: yes")]
    public void A_token_that_would_break_a_header_is_refused_without_being_quoted(string secret)
    {
        var error = Assert.Throws<ArgumentException>(() => new AccessToken(secret, new SecretRedactor()));
        Assert.DoesNotContain("Injected", error.Message);
    }

    private static SecretRedactor With(string secret)
    {
        var redactor = new SecretRedactor();
        redactor.Add(secret);
        return redactor;
    }
}
