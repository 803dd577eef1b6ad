using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Incidents;
using MattermostXsoar.Core.Mattermost.Posting;
using MattermostXsoar.Core.Posts;
using Xunit;

namespace MattermostXsoar.Core.Tests.Posts;

/// <summary>Names of emoji, addresses of posts, and cards of incidents.</summary>
public sealed class EmojiAndCardTests
{
    [Theory]
    [InlineData("👍", "+1")]
    [InlineData("❤", "heart")]
    [InlineData("❤️", "heart")]
    [InlineData(":Eyes:", "eyes")]
    [InlineData("party_parrot", "party_parrot")]
    [InlineData("-1", "-1")]
    public void An_emoji_has_a_name(string given, string name) => Assert.Equal(name, EmojiCatalog.NameOf(given));

    [Theory]
    [InlineData("")]
    [InlineData("::")]
    [InlineData("two words")]
    [InlineData("../../users")]
    [InlineData("🦖")]
    public void What_can_be_no_name_is_refused(string given) =>
        Assert.Equal(
            ErrorIds.InvalidArgument,
            Assert.Throws<MattermostXsoarException>(() => EmojiCatalog.NameOf(given)).ErrorId
        );

    [Theory]
    [InlineData("https://chat.example/soc/pl/8ab3dkfjx7yzfq9h4mwp1ucoty", "8ab3dkfjx7yzfq9h4mwp1ucoty")]
    [InlineData("https://chat.example/sub/soc/pl/8ab3dkfjx7yzfq9h4mwp1ucoty?x=1", "8ab3dkfjx7yzfq9h4mwp1ucoty")]
    [InlineData("8ab3dkfjx7yzfq9h4mwp1ucoty", null)]
    [InlineData("https://chat.example/soc/pl/", null)]
    public void An_address_leads_to_a_post(string address, string? id) => Assert.Equal(id, Permalink.PostIdOf(address));

    [Fact]
    public void Names_in_a_card_mention_nobody()
    {
        var card = IncidentCard.Of(
            new Incident
            {
                Id = "7",
                Name = "@all look",
                Owner = "@channel `x`",
                IncidentType = "Phishing 2.0",
                Severity = IncidentSeverity.High,
                Status = IncidentStatus.Active,
                Uri = new Uri("https://xsoar.example/WarRoom/7"),
            }
        );

        Assert.Equal("`@channel 'x'`", card.Fields!.Single(field => field.Title == "Owner").Value);
        Assert.Equal("Phishing 2.0", card.Fields!.Single(field => field.Title == "Type").Value);
        Assert.Equal(
            ("#7 @all look", "https://xsoar.example/WarRoom/7", IncidentCard.ColorOf(IncidentSeverity.High)),
            (card.Title, card.TitleLink, card.Color)
        );
    }

    [Fact]
    public void Each_severity_has_a_colour_of_its_own()
    {
        var colors = Enum.GetValues<IncidentSeverity>().Select(IncidentCard.ColorOf).ToList();

        Assert.Equal(colors.Count, colors.Distinct().Count());
        Assert.All(colors, color => Assert.Matches("^#[0-9A-F]{6}$", color));
    }
}
