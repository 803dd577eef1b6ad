using MattermostXsoar.HelpBuilder;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: MattermostXsoar.HelpBuilder <folder of pages> <folder for help files>");
    return 2;
}

var faults = HelpFiles.Build(args[0], args[1]);
foreach (var fault in faults)
    Console.Error.WriteLine(fault);
return faults.Count == 0 ? 0 : 1;
