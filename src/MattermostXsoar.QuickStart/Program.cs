using MattermostXsoar.QuickStart;

// usage: dotnet run --project src/MattermostXsoar.QuickStart [-- --no-build]
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
    if (!args.Contains("--no-build") && !await ModuleBuild.RunAsync(terminal, interrupt.Token))
        return 1;
    return await Show.RunAsync(terminal, interrupt.Token);
}
catch (OperationCanceledException)
{
    terminal.Problem("Stopped.");
    return 1;
}
