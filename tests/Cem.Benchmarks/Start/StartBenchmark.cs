namespace Cem.Benchmarks.Start;

/// <summary>
/// The real program on a data folder with the sample company: from the start of the process to the first good answer of
/// <c>/health/ready</c>, and the memory it holds at rest.
/// </summary>
sealed class StartBenchmark : IBenchmark
{
    const int Rounds = 5;
    const double Megabyte = 1024 * 1024;

    /// <summary>By then what the start has left to do is done.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    public string Name => "start";

    public async Task Run(TextWriter report)
    {
        var folder = Directory.CreateTempSubdirectory("cem-benchmark-");
        try
        {
            using (var demo = await Program.Start("demo", folder.FullName))
                await demo.Stop();
            var (starts, memory) = (new List<TimeSpan>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                using var server = await Program.Start("serve", folder.FullName);
                starts.Add(server.Ready);
                await Task.Delay(Rest);
                memory.Add(server.ResidentBytes / Megabyte);
                await server.Stop();
            }

            Measure.Line(report, "process start to /health/ready, sample loaded", Measure.Median(starts));
            report.WriteLine($"{"memory at rest (resident), sample loaded",-64} {memory.Order().ElementAt(Rounds / 2),10:F0} MB");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
