using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Tests.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mattermost;

/// <summary>
/// The names and texts of channels by what each version of the server accepts (recorded of 11.6:
/// rest-channels-create-name-*, rest-error-400-channels-create-*; of 5.37: rest-error-400-channels-create-bad-name).
/// </summary>
public sealed class ChannelLimitsTests
{
    private static readonly Version Old = new(5, 37, 0);
    private static readonly Version New = new(11, 6, 0);
    private static readonly Version Hidden = new(0, 0);

    [Theory]
    [InlineData("ab", null, null)]
    [InlineData("a__b", null, null)]
    [InlineData("7", "it has one character", null)]
    [InlineData("soc-", "it ends with '-'", null)]
    [InlineData("soc_", "it ends with '_'", null)]
    [InlineData("-soc", "it begins with '-'", "it begins with '-'")]
    [InlineData("_soc", "it begins with '_'", "it begins with '_'")]
    [InlineData("Soc", "it has other characters", "it has other characters")]
    [InlineData("a.b", "it has other characters", "it has other characters")]
    [InlineData("käse", "it has other characters", "it has other characters")]
    [InlineData("a\0b", "it has other characters", "it has other characters")]
    [InlineData("", "it is empty", "it is empty")]
    public void The_version_of_the_server_decides_which_names_it_takes(string name, string? old, string? @new)
    {
        Assert.Equal((old is null, @new is null, @new is null), (Takes(Old), Takes(New), Takes(Hidden)));

        bool Takes(Version server)
        {
            try
            {
                ChannelLimits.Check(new ChannelPatch { Name = name }, server);
                return true;
            }
            catch (MattermostXsoarException error)
            {
                Assert.Equal((ErrorIds.InvalidArgument, ErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
                Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
                Assert.Contains((server == Old ? old : @new)!, error.Message, StringComparison.Ordinal);
                Assert.Contains("64 lower case letters", error.Advice, StringComparison.Ordinal);
                return false;
            }
        }
    }

    [Theory]
    [InlineData(64, 64, 1024, 250, null)]
    [InlineData(65, 64, 1024, 250, "65 characters, and Mattermost allows 64")]
    [InlineData(64, 65, 1024, 250, "65 characters, and Mattermost allows 64")]
    [InlineData(64, 64, 1025, 250, "1025 characters, and Mattermost allows 1024")]
    [InlineData(64, 64, 1024, 251, "251 characters, and Mattermost allows 250")]
    public void Each_text_has_a_limit_of_characters(int name, int title, int header, int purpose, string? fault)
    {
        var channel = new NewChannel
        {
            TeamId = "t",
            Type = "O",
            Name = new string('n', name),
            DisplayName = Faces(title),
            Header = Faces(header),
            Purpose = Faces(purpose),
        };
        var error = Record.Exception(() => ChannelLimits.Check(channel, New));
        if (fault is null)
            Assert.Null(error);
        else
            Assert.Contains(fault, Assert.IsType<MattermostXsoarException>(error).Message, StringComparison.Ordinal);

        // Two UTF-16 units, but one character as the server counts.
        static string Faces(int count) => string.Concat(Enumerable.Repeat("\U0001F600", count));
    }

    [Fact]
    public void A_long_text_is_shown_by_its_beginning_without_half_a_character()
    {
        var error = Assert.Throws<MattermostXsoarException>(() =>
            ChannelLimits.Check(
                new ChannelPatch { DisplayName = "x" + string.Concat(Enumerable.Repeat("\U0001F600", 64)) },
                New
            )
        );
        Assert.DoesNotContain(
            '\uFFFD',
            System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(error.Message))
        );
        Assert.Contains("…'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_with_NUL_is_refused() =>
        Assert.Contains(
            "NUL",
            Assert
                .Throws<MattermostXsoarException>(() =>
                    ChannelLimits.Check(new ChannelPatch { DisplayName = "a\0b" }, New)
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Nothing_is_sent_for_a_name_that_no_server_can_have()
    {
        await using var server = new LoopbackServer(LoopbackAnswer.Json("{}"));
        using var client = TestClients.Mattermost(server.Uri);
        var (name, token) = (new string('n', 65), TestContext.Current.CancellationToken);
        var channel = new NewChannel
        {
            TeamId = "t",
            Type = "O",
            Name = name,
            DisplayName = "d",
        };

        foreach (
            var act in new Func<Task>[]
            {
                () => client.Channels.CreateAsync(channel, token),
                () => client.Channels.PatchAsync("c", new ChannelPatch { Name = name }, token),
                () => client.Channels.GetByNameAsync("t", name, cancellationToken: token),
                () => client.Teams.GetByNameAsync(name, token),
            }
        )
        {
            var error = await Assert.ThrowsAsync<MattermostXsoarException>(act);
            Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
            Assert.Contains("65 characters, and Mattermost allows 64", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(server.Requests);
    }
}
