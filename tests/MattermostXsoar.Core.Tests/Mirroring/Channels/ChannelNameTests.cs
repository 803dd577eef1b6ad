using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Channels;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Channels;

public sealed class ChannelNameTests
{
    [Theory]
    [InlineData("War Room 3", "war-room-3")]
    [InlineData("  SOC / Malware!  ", "soc-malware")]
    [InlineData("under_score", "under_score")]
    [InlineData("Müller GmbH", "muller-gmbh")]
    [InlineData("Möller GmbH", "moller-gmbh")]
    [InlineData("Straße Łódź Ærø", "strasse-lodz-aero")]
    [InlineData("Фишинг 5", "fishing-5")]
    [InlineData("Утечка 5", "utechka-5")]
    [InlineData("Щербак, объект, Їжак, Ёлка", "shcherbak-obekt-izhak-elka")]
    [InlineData("Ελλάδα ψ", "ellada-ps")]
    [InlineData("İstanbul ığdır", "istanbul-igdir")]
    [InlineData("Ｗｉｄｅ ２", "wide-2")]
    [InlineData("🔥 outage", "outage")]
    [InlineData("7", "channel-7")]
    [InlineData("_x_", "channel-x")]
    [InlineData("-_soc_-", "soc")]
    [InlineData("soc_", "soc")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", "channel-da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData(
        "jf1qanp4b3g8mq688xat6fzguw__by3kt6f8htg7br4p9np6nqfd1r",
        "channel-jf1qanp4b3g8mq688xat6fzguw__by3kt6f8htg7br4p9np6nqfd1r"
    )]
    public void Letters_are_kept_by_transliteration(string display, string name) =>
        Assert.Equal(name, ChannelName.From(display));

    [Theory]
    [InlineData("機密 5", "漏洩 5", "5-")]
    [InlineData("インシデント", "漏洩", "channel-")]
    [InlineData("هجوم 12", "تسرب 12", "12-")]
    [InlineData("case 𠀀", "case 𠀁", "case-")]
    [InlineData("case ١", "case ٢", "case-")]
    public void Letters_that_cannot_be_transliterated_make_a_difference_all_the_same(
        string one,
        string other,
        string begin
    )
    {
        var names = new[] { ChannelName.From(one), ChannelName.From(other) };

        Assert.All(names, name => Assert.Matches($"^{begin}[0-9a-f]{{8}}$", name));
        Assert.NotEqual(names[0], names[1]);
        Assert.Equal(names[0], ChannelName.From(" " + one.ToUpperInvariant() + " "));
    }

    [Theory]
    [InlineData("###")]
    [InlineData("🔥 !")]
    [InlineData("_-_")]
    [InlineData("\ud83d")]
    public void What_has_neither_letter_nor_digit_is_refused(string display) =>
        Assert.Equal(
            ErrorIds.InvalidArgument,
            Assert.Throws<MattermostXsoarException>(() => ChannelName.From(display)).ErrorId
        );

    [Theory]
    [InlineData("soc", "7", "soc", "soc-7", "soc-7-2", "soc-7-3")]
    [InlineData("incident-7", "7", "incident-7", "incident-7-2", "incident-7-3", "incident-7-4")]
    [InlineData("soc", "Case 7", "soc", "soc-case-7", "soc-case-7-2", "soc-case-7-3")]
    [InlineData("soc", "#", "soc", "soc-2", "soc-3", "soc-4")]
    public void A_taken_name_gets_the_investigation_and_then_a_number(string name, string id, params string[] names) =>
        Assert.Equal(names, ChannelName.Candidates(name, id).Take(4));

    [Fact]
    public void Every_name_is_within_the_servers_limit_and_differs()
    {
        var titles = new[]
        {
            new string('a', 90),
            new string('б', 90),
            string.Concat(Enumerable.Repeat("ab ", 40)),
            new string('c', 63) + "_d",
            string.Concat(Enumerable.Repeat("e_", 40)),
        };
        var names = titles
            .SelectMany(title => ChannelName.Candidates(ChannelName.From(title), "123456789012"))
            .Concat(ChannelName.Candidates("soc", new string('9', 90)))
            .ToList();

        Assert.All(names, name => Assert.Matches("^[a-z0-9](?:[a-z0-9_-]{0,62})[a-z0-9]$", name));
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.InRange(ChannelName.From(new string('語', 90)).Length, 2, 64);
    }

    [Fact]
    public void What_is_displayed_is_cut_between_characters()
    {
        Assert.Equal("Müller GmbH", ChannelName.DisplayOf(" Müller GmbH "));
        Assert.Equal(new string('a', 63), ChannelName.DisplayOf(new string('a', 63) + "🔥"));
        Assert.Equal(64, ChannelName.DisplayOf(new string('a', 70)).Length);
        Assert.Equal("ab", ChannelName.DisplayOf("a\0b"));
        Assert.Equal("e" + new string('\u0301', 63), ChannelName.DisplayOf("e" + new string('\u0301', 90)));
    }

    [Theory]
    [InlineData("muller-gmbh", true, true)]
    [InlineData("Muller-GmbH", true, true)]
    [InlineData(" Müller GmbH ", true, true)]
    [InlineData("jf1qanp4b3g8mq688xat6fzguw", true, true)]
    [InlineData("Muller GmbH", false, true)]
    [InlineData("Möller GmbH", false, false)]
    [InlineData("muller", false, false)]
    public void A_channel_is_named_exactly_by_its_id_name_or_display_name(string text, bool isExact, bool isMeant)
    {
        var channel = new MattermostChannel
        {
            Id = "jf1qanp4b3g8mq688xat6fzguw",
            Name = "muller-gmbh",
            DisplayName = "Müller GmbH",
        };

        Assert.Equal(isExact, ChannelName.IsExactly(text, channel));
        Assert.Equal(isMeant, ChannelName.Means(text, channel, "1"));
    }

    [Theory]
    [InlineData("Müller GmbH", true)]
    [InlineData("muller-gmbh-7", true)]
    [InlineData("muller-gmbh", false)]
    public void A_channel_with_a_suffix_is_meant_by_the_text_that_it_was_created_for(string text, bool isMeant)
    {
        var channel = new MattermostChannel { Name = "muller-gmbh-7", DisplayName = "Müller GmbH" };

        Assert.Equal(isMeant, ChannelName.Means(text, channel, "7"));
    }
}
