using System.Globalization;
using System.Management.Automation;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Posting;

/// <summary>Shows the progress of an upload: the file and the number of bytes sent.</summary>
internal sealed class UploadProgress(Action<ProgressRecord> show, TimeProvider clock, string activity, int files)
{
    private const int ActivityId = 20_537;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private int _number;

    /// <summary>Begins the next file. The result is called with the number of bytes sent.</summary>
    public Action<long> Begin(FileSource file)
    {
        var number = ++_number;
        var shown = clock.GetTimestamp();
        Show(file, number, 0);
        return sent =>
        {
            if (clock.GetElapsedTime(shown) < Pace && sent != file.Length)
                return;
            shown = clock.GetTimestamp();
            Show(file, number, sent);
        };
    }

    public void End() =>
        show(new ProgressRecord(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed });

    private void Show(FileSource file, int number, long sent)
    {
        var which = files > 1 ? $"{file.Name} ({number} of {files})" : file.Name;
        var of = file.Length is { } length ? $" of {Size(length)}" : "";
        show(
            new ProgressRecord(ActivityId, activity, $"{which}: {Size(sent)}{of}")
            {
                PercentComplete = file.Length switch
                {
                    null => -1,
                    0 => 100,
                    { } all => (int)Math.Min(100, sent * 100 / all),
                },
            }
        );
    }

    private static string Size(long bytes) =>
        bytes switch
        {
            < 1024 => string.Format(CultureInfo.CurrentCulture, "{0} bytes", bytes),
            < 1024 * 1024 => string.Format(CultureInfo.CurrentCulture, "{0:0.0} KB", bytes / 1024.0),
            _ => string.Format(CultureInfo.CurrentCulture, "{0:0.0} MB", bytes / 1024.0 / 1024),
        };
}
