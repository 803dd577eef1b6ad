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
        foreach (
            var form in new[]
            {
                Secret,
                Uri.EscapeDataString(Secret),
                base64,
                base64.TrimEnd('='),
                Uri.EscapeDataString(base64),
                base64.TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            }
        )
            Assert.Equal("before *** after", redactor.Redact($"before {form} after"));
    }

    [Fact]
    public void Text_without_a_secret_stays_as_it_is() =>
        Assert.Equal("nothing here", With(Secret).Redact("nothing here"));

    [Fact]
    public void A_very_short_secret_is_ignored() => Assert.Equal("a pan team", With("pan").Redact("a pan team"));

    [Theory]
    [InlineData("abc1")]
    [InlineData("abc12")]
    public void A_short_secret_is_taken_out(string secret) =>
        Assert.Equal("a *** b", With(secret).Redact($"a {secret} b"));

    [Theory]
    [InlineData("aB+/cd=12xyz", "aB%2b%2fcd%3d12xyz")]
    [InlineData("aB+/cd=12xyz", "aB%2B%2Fcd%3D12xyz")]
    [InlineData("aB+/cd=12xyz", "aB%2B%2fcd=12xyz")]
    [InlineData("aB+/cd=12xyz", "aB+\\/cd=12xyz")]
    [InlineData("aB+/cd=12xyz", "aB\\u002B\\u002fcd=12xyz")]
    [InlineData("aB+/cd=12xyz", "aB&#43;&#x2F;cd=12xyz")]
    [InlineData("aB\"cd&12xyz", "aB\\u0022cd\\u002612xyz")]
    [InlineData("aB\"cd&12xyz", "aB\\\"cd&12xyz")]
    [InlineData("aB\"cd&12xyz", "aB&quot;cd&amp;12xyz")]
    [InlineData("aB\"cd&12xyz", "aB&#34;cd&#38;12xyz")]
    [InlineData("aB\"cd&12xyz", "aB\\\"cd%2612xyz")]
    [InlineData("a\\b%41&12xyz", "a\\\\b%41&12xyz")]
    [InlineData("a\\b%41&12xyz", "a\\b%41&amp;12xyz")]
    [InlineData("a\\b%41&12xyz", "a%5Cb%2541%2612xyz")]
    [InlineData("a\\b%41&12xyz", "a\\b%41&12xyz")]
    [InlineData("pass wörd😀", "pass+w%c3%b6rd%F0%9f%98%80")]
    [InlineData("pass wörd😀", "pass w\\u00f6rd\\uD83D\\uDE00")]
    [InlineData("pass wörd😀", "pass w&#246;rd&#128512;")]
    public void An_escaped_secret_is_taken_out(string secret, string shown) =>
        Assert.Equal("before *** after", With(secret).Redact($"before {shown} after"));

    [Theory]
    [InlineData("100 % of R&D, 1 + 1 \\ %")]
    [InlineData("%zz &#; &#x; &#9999999; \\u12 %c3%28 &")]
    public void Broken_escapes_stay_as_they_are(string text) => Assert.Equal(text, With(Secret).Redact(text));

    [Theory]
    [InlineData("a:")]
    [InlineData("ab:")]
    [InlineData("user:")]
    public void A_secret_inside_the_base64_of_something_longer_is_taken_out(string before)
    {
        var shown = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}s3cr3tpass and more"));
        var redacted = With("s3cr3tpass").Redact(shown);
        Assert.Contains(SecretRedactor.Mask, redacted);
        Assert.DoesNotContain(shown.Substring(8, 8), redacted);
    }

    [Theory]
    [InlineData("user", "s3cr3tpass")]
    [InlineData("u", "abcd")]
    [InlineData("üser", "p??>>~~~")]
    public void Basic_authentication_is_taken_out_whole(string user, string password)
    {
        var redactor = new SecretRedactor();
        redactor.AddBasic(user, password);
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        Assert.Equal(
            "Basic *** and *** and ***",
            redactor.Redact(
                $"Basic {header} and {header.Replace('+', '-').Replace('/', '_').TrimEnd('=')} and {password}"
            )
        );
    }

    [Theory]
    [InlineData("before secr", "before ***")]
    [InlineData("before secret%2", "before ***")]
    [InlineData("before secret%2Btok", "before ***")]
    [InlineData("before c2VjcmV0K3", "before ***")]
    [InlineData("before sec", "before sec")]
    [InlineData("secr before", "secr before")]
    public void The_beginning_of_a_secret_at_a_cut_is_taken_out(string text, string redacted) =>
        Assert.Equal(redacted, With("secret+token").RedactCut(text));

    [Fact]
    public void The_beginning_of_a_secret_stays_in_a_whole_text() =>
        Assert.Equal("a secr", With("secret+token").Redact("a secr"));

    [Fact]
    public void Nothing_is_allocated_where_nothing_is_found()
    {
        var redactor = With(Secret);
        var text = new string('x', 2000) + " 100 % &amp; \\ p@ss";
        Assert.Same(text, redactor.Redact(text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        redactor.Redact(text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

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
    public void A_token_never_shows_its_value()
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
