namespace MattermostXsoar.Core.State;

/// <summary>
/// Lets a test end the process at a named step between two writes. Without a test nothing is called and nothing
/// allocated.
/// </summary>
internal sealed class StopPoints
{
    /// <summary>
    /// Under this name a host process of a test stores an <c>Action&lt;string&gt;</c> in its AppDomain, which is called
    /// at each step. It uses types of the framework only, since the module has its own AssemblyLoadContext.
    /// </summary>
    public const string Key = "MattermostXsoar.StopPoints";

    private readonly Action<string>? _reached;

    public StopPoints(Action<string>? reached) => _reached = reached;

    /// <summary>Stops nowhere.</summary>
    public static StopPoints None { get; } = new(null);

    /// <summary>What the host process of a test has stored; otherwise <see cref="None"/>.</summary>
    public static StopPoints OfProcess() =>
        AppDomain.CurrentDomain.GetData(Key) is Action<string> reached ? new StopPoints(reached) : None;

    /// <summary>A step of deliveries in one direction.</summary>
    public void At(StopPoint point, DeliveryDirection direction) => _reached?.Invoke(Name(point, direction));

    /// <summary>A step that has no direction.</summary>
    public void At(StopPoint point) => _reached?.Invoke(point.ToString());

    /// <summary>The name of a step: <c>WarRoomToChat.AfterSend</c>.</summary>
    public static string Name(StopPoint point, DeliveryDirection direction) => $"{direction}.{point}";
}
