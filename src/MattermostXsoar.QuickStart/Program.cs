using MattermostXsoar.QuickStart;

// usage: dotnet run --project src/MattermostXsoar.QuickStart
var terminal = new Terminal();
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};

try
{
    terminal.Title("MattermostXsoar quick start");
    return await Show.RunAsync(terminal, interrupt.Token);
}
catch (OperationCanceledException)
{
    terminal.Problem("Stopped.");
    return 1;
}
