using MattermostXsoar.Sandbox;

if (args.Contains("--help") || SandboxArguments.Parse(args) is not { } options)
{
    Console.Error.WriteLine(SandboxArguments.Usage);
    return args.Contains("--help") ? 0 : 2;
}
SandboxServer started;
try
{
    started = await SandboxServer.StartAsync(options);
}
catch (IOException exception)
{
    Console.Error.WriteLine($"The sandbox could not start: {exception.Message} Choose other ports with --port and --xsoar-port, or leave them out.");
    return 1;
}

await using var sandbox = started;
Console.WriteLine(SandboxArguments.Describe(sandbox));
await SandboxArguments.UntilStoppedAsync();
return 0;
