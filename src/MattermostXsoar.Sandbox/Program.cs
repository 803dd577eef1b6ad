using MattermostXsoar.Sandbox;

if (args.Contains("--help") || SandboxArguments.Parse(args) is not { } options)
{
    Console.Error.WriteLine(SandboxArguments.Usage);
    return args.Contains("--help") ? 0 : 2;
}
await using var sandbox = await SandboxServer.StartAsync(options);
Console.WriteLine(SandboxArguments.Describe(sandbox));
await SandboxArguments.UntilStoppedAsync();
return 0;
