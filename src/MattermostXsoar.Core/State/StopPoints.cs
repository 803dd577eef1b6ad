namespace MattermostXsoar.Core.State;

/// <summary>
/// Lets a test end the process at a named step between two writes. Nothing is called, and nothing allocated, where no
/// test asks for it.
/// </summary>
internal sealed class StopPoints
{
    /// <summary>
    /// Under this name a host process that tests start leaves an <c>Action&lt;string&gt;</c> in its AppDomain, which is
    /// told of each step that is reached. Types of the framework only: the module lives in an AssemblyLoadContext of
    /// its own.
    /// </summary>
    public const string Key = "MattermostXsoar.StopPoints";

    private readonly Action<string>? _reached;

    public StopPoints(Action<string>? reached) => _reached = reached;

    /// <summary>Stops nowhere.</summary>
    public static StopPoints None { get; } = new(null);

    /// <summary>What the host process asks for; outside tests <see cref="None"/>.</summary>
    public static StopPoints OfProcess() =>
        AppDomain.CurrentDomain.GetData(Key) is Action<string> reached ? new StopPoints(reached) : None;

    /// <summary>A step on the way of lines in one direction.</summary>
    public void At(StopPoint point, DeliveryDirection direction) => _reached?.Invoke(Name(point, direction));

    /// <summary>A step that has no direction.</summary>
    public void At(StopPoint point) => _reached?.Invoke(point.ToString());

    /// <summary>How a step is called: <c>WarRoomToChat.AfterSend</c>.</summary>
    public static string Name(StopPoint point, DeliveryDirection direction) => $"{direction}.{point}";
}
