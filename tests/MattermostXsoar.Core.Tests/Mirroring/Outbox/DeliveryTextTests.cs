using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Outbox;

/// <summary>What is removed from an error before people who may not read a message see it.</summary>
public sealed class DeliveryTextTests
{
    private const string Text = "The user's channel was archived, said the person with the permission";

    private static DeliveryRecord Entry => TestDeliveries.Message(1, "96@1", Text, 0);

    [Fact]
    public void From_the_words_of_a_server_the_message_is_removed_and_our_own_sentence_stays()
    {
        const string Words = "Invalid message: The user's channel was archived, said the person.";
        const string Ours = "Mattermost refused it, since the channel was archived: ";
        Assert.Equal(
            Ours + "Invalid message: ***. [POST]",
            DeliveryText.Mask(Ours + Words + " [POST]", Entry, Error(Words))
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Words that were shortened.")]
    public void Where_it_is_not_known_what_the_server_said_the_message_is_removed_everywhere(string? words) =>
        Assert.Equal(
            "A page:*** in it",
            DeliveryText.Mask("A page: channel was archived in it", Entry, words is null ? null : Error(words))
        );

    [Fact]
    public void A_notice_of_the_mirror_itself_has_nothing_to_hide() =>
        Assert.Equal(Text, DeliveryText.Mask(Text, Entry with { Kind = DeliveryKind.Notice }, null));

    [Fact]
    public void The_names_of_all_files_of_a_message_are_removed()
    {
        var post = new PostPayload
        {
            PostId = "p",
            UserId = "u",
            Message = "",
            AllFiles = [new PostFile("1", "payroll-2026.xlsx", 1, 1), new PostFile("2", "dump of the host.bin", 1, 1)],
        };
        var edit = TestDeliveries.Message(1, "p", "", 0) with
        {
            Direction = DeliveryDirection.ChatToWarRoom,
            Kind = DeliveryKind.Edit,
            Payload = post.ToJson(),
        };

        Assert.Equal(
            "Refused: *** and ***.",
            DeliveryText.Mask("Refused: payroll-2026.xlsx and dump of the host.bin.", edit, null)
        );
    }

    private static ApiException Error(string words) =>
        new(ErrorIds.InvalidRequest, ErrorKind.InvalidArgument, words) { ServerWords = words };
}
