using System.Reflection;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Resilience;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Resilience;

public sealed class FailurePolicyTests
{
    // What an error of a call means when its id has no meaning of its own: with a known outcome, and with an unknown one.
    private static readonly Dictionary<ErrorKind, (FailureAction Known, FailureAction Unknown)> ByKind = new()
    {
        [ErrorKind.Unexpected] = (FailureAction.Fail, FailureAction.LookUp),
        [ErrorKind.Authentication] = (FailureAction.Pause, FailureAction.Pause),
        [ErrorKind.Permission] = (FailureAction.Pause, FailureAction.Pause),
        [ErrorKind.NotFound] = (FailureAction.Pause, FailureAction.Pause),
        [ErrorKind.Exists] = (FailureAction.Fail, FailureAction.LookUp),
        [ErrorKind.Unavailable] = (FailureAction.Retry, FailureAction.LookUp),
        [ErrorKind.Timeout] = (FailureAction.Retry, FailureAction.LookUp),
        [ErrorKind.Connection] = (FailureAction.Retry, FailureAction.LookUp),
        [ErrorKind.InvalidArgument] = (FailureAction.Fail, FailureAction.LookUp),
        [ErrorKind.InvalidOperation] = (FailureAction.Fail, FailureAction.LookUp),
        [ErrorKind.NotImplemented] = (FailureAction.Fail, FailureAction.LookUp),
        [ErrorKind.Store] = (FailureAction.Retry, FailureAction.LookUp),
    };

    // What an id means whatever the kind and the outcome are.
    private static readonly Dictionary<string, FailureAction> ById = new(StringComparer.Ordinal)
    {
        [ErrorIds.InvestigationClosed] = FailureAction.Close,
        [ErrorIds.InvestigationNotFound] = FailureAction.Pause,
        [ErrorIds.ChannelNotFound] = FailureAction.Pause,
        [ErrorIds.ChannelArchived] = FailureAction.Pause,
        [ErrorIds.PostHidden] = FailureAction.Fail,
    };

    public static TheoryData<string> Ids =>
        [
            .. typeof(ErrorIds)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(constant => (string)constant.GetValue(null)!),
        ];

    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_action_after_an_error_of_a_call_follows_from_its_id_or_else_from_its_kind_and_outcome(string id)
    {
        foreach (var kind in Enum.GetValues<ErrorKind>())
        {
            var (known, unknown) = ById.TryGetValue(id, out var action) ? (action, action) : ByKind[kind];
            Assert.Equal((kind, known), (kind, FailurePolicy.Judge(Call(id, kind))));
            Assert.Equal((kind, unknown), (kind, FailurePolicy.Judge(Call(id, kind, outcomeUnknown: true))));
        }
    }

    /// <summary>It came of no call to the other side: only a store that does not answer passes by itself.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_error_of_our_own_restarts_its_part_but_that_of_the_store_is_tried_again(ErrorKind kind)
    {
        var expected = kind == ErrorKind.Store ? FailureAction.Retry : FailureAction.Restart;
        Assert.Equal(expected, FailurePolicy.Judge(Own(ErrorIds.ListenerNotRunning, kind)));
        Assert.Equal(expected, FailurePolicy.Judge(Own(ErrorIds.InvestigationClosed, kind)));
    }

    /// <summary>What was sent of the request has no effect, so that nothing has to be looked up.</summary>
    [Fact]
    public void A_file_that_cannot_be_read_to_its_end_is_tried_again_but_not_for_ever()
    {
        Assert.Equal(FailureAction.Retry, FailurePolicy.Judge(TestErrors.CutFile));
        Assert.Equal(FailureAction.Retry, FailurePolicy.JudgeDelivery(TestErrors.CutFile));
        Assert.True(FailurePolicy.MayConcernOneDelivery(TestErrors.CutFile));
    }

    [Fact]
    public void An_unexpected_error_restarts_its_part_and_a_delivery_is_looked_up_after_it()
    {
        foreach (
            var exception in new Exception[]
            {
                new InvalidOperationException("what is this"),
                new OperationCanceledException(),
                new IOException("gone", Call(ErrorIds.ServerError)),
            }
        )
        {
            Assert.Equal(FailureAction.Restart, FailurePolicy.Judge(exception));
            Assert.Equal(FailureAction.LookUp, FailurePolicy.JudgeDelivery(exception));
            Assert.Equal(FailureAction.Restart, FailurePolicy.JudgeLookUp(exception));
        }
    }

    [Theory]
    [InlineData(ErrorIds.PermissionDenied, ErrorKind.Permission, false, FailureAction.Pause)]
    [InlineData(ErrorIds.ServerError, ErrorKind.Unavailable, true, FailureAction.Retry)]
    [InlineData(ErrorIds.InvalidRequest, ErrorKind.InvalidArgument, false, FailureAction.Retry)]
    [InlineData(ErrorIds.InvestigationClosed, ErrorKind.InvalidOperation, false, FailureAction.Retry)]
    public void A_look_up_before_a_send_is_only_paused_or_tried_again(
        string id,
        ErrorKind kind,
        bool unknown,
        object expected
    ) => Assert.Equal(expected, FailurePolicy.JudgeLookUp(Call(id, kind, unknown)));

    [Theory]
    // Refused permanently, whatever the id is.
    [InlineData(ErrorIds.InvalidRequest, ErrorKind.InvalidArgument, false, true)]
    [InlineData(ErrorIds.LicenseRequired, ErrorKind.NotImplemented, false, true)]
    // A later try may succeed, or people have to do something first.
    [InlineData(ErrorIds.ServerError, ErrorKind.Unavailable, false, false)]
    [InlineData(ErrorIds.RateLimited, ErrorKind.Unavailable, false, false)]
    [InlineData(ErrorIds.RequestTimeout, ErrorKind.Timeout, false, false)]
    [InlineData(ErrorIds.PermissionDenied, ErrorKind.Permission, false, false)]
    [InlineData(ErrorIds.InvestigationClosed, ErrorKind.InvalidOperation, false, false)]
    [InlineData(ErrorIds.ChannelArchived, ErrorKind.InvalidOperation, false, false)]
    // It may have been taken.
    [InlineData(ErrorIds.InvalidRequest, ErrorKind.InvalidArgument, true, false)]
    // Too large stays too large and gone stays gone, although the kind alone would be tried again or pause the mirror.
    [InlineData(ErrorIds.FileTooLarge, ErrorKind.InvalidArgument, false, true)]
    [InlineData(ErrorIds.FileTooLarge, ErrorKind.Unavailable, false, true)]
    [InlineData(ErrorIds.FileTooLarge, ErrorKind.Connection, true, true)]
    [InlineData(ErrorIds.FileNotFound, ErrorKind.NotFound, false, true)]
    public void A_file_is_refused_if_no_later_try_can_succeed(string id, ErrorKind kind, bool unknown, bool refused) =>
        Assert.Equal(refused, FailurePolicy.IsRefusedFile(Call(id, kind, unknown)));

    [Theory]
    [InlineData(ErrorIds.FileTooLarge, ErrorKind.InvalidArgument, true)]
    [InlineData(ErrorIds.FileNotFound, ErrorKind.NotFound, true)]
    // It could not be read to its end this time.
    [InlineData(ErrorIds.FileUnavailable, ErrorKind.InvalidOperation, false)]
    [InlineData(ErrorIds.StoreUnavailable, ErrorKind.Store, false)]
    [InlineData(ErrorIds.InvalidArgument, ErrorKind.InvalidArgument, false)]
    public void Without_a_call_a_file_is_refused_only_if_it_is_too_large_or_gone(
        string id,
        ErrorKind kind,
        bool refused
    ) => Assert.Equal(refused, FailurePolicy.IsRefusedFile(Own(id, kind)));

    [Theory]
    [InlineData("Look there.", "It broke. Look there.")]
    [InlineData("", "It broke.")]
    [InlineData(null, "It broke.")]
    public void An_explanation_is_what_happened_and_what_to_do(string? advice, string expected)
    {
        Assert.Equal(
            expected,
            ErrorSummary.Of(new ApiException(ErrorIds.ServerError, ErrorKind.Unavailable, "It broke.", advice))
        );
        Assert.Equal(
            expected,
            ErrorSummary.Of(new MattermostXsoarException(ErrorIds.StoreDamaged, ErrorKind.Store, "It broke.", advice))
        );
        Assert.Equal("It broke.", ErrorSummary.Of(new InvalidOperationException("It broke.")));
    }

    private static ApiException Call(string id, ErrorKind kind = ErrorKind.Unavailable, bool outcomeUnknown = false) =>
        new(id, kind, "It broke.") { OutcomeUnknown = outcomeUnknown };

    private static MattermostXsoarException Own(string id, ErrorKind kind) => new(id, kind, "It broke.");
}
