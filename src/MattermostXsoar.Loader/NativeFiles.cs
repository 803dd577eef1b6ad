using System.Runtime.InteropServices;

namespace MattermostXsoar.Loader;

/// <summary>Finds the files of a native library that may fit this machine.</summary>
internal static class NativeFiles
{
    /// <summary>
    /// The candidates, best first. Linux has two C libraries, and the one of a process cannot be determined reliably. A
    /// file for the other one fails to load, so both are returned and the first that loads is used.
    /// </summary>
    public static IEnumerable<string> Candidates(string nativeFolder, string libraryName)
    {
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            Architecture.X86 => "x86",
            _ => RuntimeInformation.ProcessArchitecture.ToString(),
        };

        string[] systems;
        string fileName;
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            systems = ["win"];
            fileName = libraryName + ".dll";
        }
        else if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
        {
            systems = ["osx"];
            fileName = "lib" + libraryName + ".dylib";
        }
        else
        {
            systems = ["linux", "linux-musl"];
            fileName = "lib" + libraryName + ".so";
        }

        foreach (var system in systems)
        {
            var file = Path.Combine(nativeFolder, $"{system}-{architecture}", fileName);
            if (File.Exists(file))
                yield return file;
        }
    }
}
