using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

// usage: MattermostXsoar.PowerShellHost [--preload <folder>] <script.ps1> [argument...]
// Every output object is one line on stdout (its text, or JSON for a dictionary), every record of the other streams one
// line on stderr. Exit code 0 = no error, 1 = errors, 2 = the script ended with a terminating error,
// 130 = Ctrl+C.
const int Interrupted = 128 + 2;
var rest = new Queue<string>(args);
if (rest.Peek() == "--preload")
{
    rest.Dequeue();
    foreach (var file in Directory.EnumerateFiles(rest.Dequeue(), "*.dll"))
        Assembly.LoadFrom(file);
}

// Ends the process with SIGKILL when the module reaches a step for the nth time: MMXS_STOP_AT=WarRoomToChat.AfterSend:3
// (StopPoints.cs).
if (Environment.GetEnvironmentVariable("MMXS_STOP_AT")?.Split(':') is [var step, var times])
{
    var left = int.Parse(times, System.Globalization.CultureInfo.InvariantCulture);
    AppDomain.CurrentDomain.SetData(
        "MattermostXsoar.StopPoints",
        (string reached) =>
        {
            if (reached == step && Interlocked.Decrement(ref left) == 0)
            {
                using var self = System.Diagnostics.Process.GetCurrentProcess();
                self.Kill();
                self.WaitForExit();
            }
        }
    );
}

using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using var powerShell = PowerShell.Create(runspace);
powerShell.AddCommand(Path.GetFullPath(rest.Dequeue()));
while (rest.TryDequeue(out var argument))
    powerShell.AddArgument(argument);

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

using var output = new PSDataCollection<PSObject>();
output.DataAdded += (_, added) => Console.Out.WriteLine(Text(output[added.Index]));
powerShell.Streams.Error.DataAdded += (_, added) =>
{
    var record = powerShell.Streams.Error[added.Index];
    Console.Error.WriteLine($"error: {record.FullyQualifiedErrorId}: {record}");
};
powerShell.Streams.Warning.DataAdded += (_, added) =>
    Console.Error.WriteLine($"warning: {powerShell.Streams.Warning[added.Index]}");
powerShell.Streams.Verbose.DataAdded += (_, added) =>
    Console.Error.WriteLine($"verbose: {powerShell.Streams.Verbose[added.Index]}");
powerShell.Streams.Information.DataAdded += (_, added) =>
    Console.Error.WriteLine($"information: {powerShell.Streams.Information[added.Index]}");

try
{
    powerShell.Invoke(null, output);
}
catch (PipelineStoppedException)
{
    return Interrupted;
}
catch (RuntimeException exception)
{
    Console.Error.WriteLine($"terminated: {exception.ErrorRecord.FullyQualifiedErrorId}: {exception.Message}");
    return 2;
}

return powerShell.InvocationStateInfo.State == PSInvocationState.Stopped ? Interrupted
    : powerShell.HadErrors ? 1
    : 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    powerShell.BeginStop(null, null);
}

static string Text(PSObject item) =>
    item.BaseObject is System.Collections.IDictionary dictionary
        ? JsonSerializer.Serialize(dictionary)
        : item.ToString();
