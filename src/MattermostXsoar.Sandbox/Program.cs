using System.Runtime.InteropServices;
using System.Text.Json;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Admin;
using MattermostXsoar.Sandbox.Mattermost;

SandboxServer started;
SandboxArguments arguments;
try
{
    arguments = SandboxArguments.Parse(args);
    if (arguments.Help)
    {
        Console.WriteLine(SandboxArguments.Usage);
        return 0;
    }
    started = await SandboxServer.StartAsync(arguments.Options);
}
catch (UsageException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine("--help lists all options.");
    return 2;
}
catch (MattermostException exception)
{
    Console.Error.WriteLine($"The seed is inconsistent: {exception.Message} {exception.Detail}");
    return 2;
}
catch (IOException exception)
{
    Console.Error.WriteLine(
        $"The sandbox could not start: {exception.Message} "
            + "Choose other ports with --port and --xsoar-port; 0 takes free ones."
    );
    return 1;
}

await using var sandbox = started;
var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var info = SandboxInfo.Of(sandbox);
Console.WriteLine(arguments.Json ? JsonSerializer.Serialize(info, AdminAnswers.Options) : SandboxWelcome.For(info));
await stopped.Task;
return 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopped.TrySetResult();
}
