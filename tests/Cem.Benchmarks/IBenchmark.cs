namespace Cem.Benchmarks;

/// <summary>One set of figures. Found by scan; needs a constructor without parameters.</summary>
interface IBenchmark
{
    /// <summary>What to type to run it alone.</summary>
    string Name { get; }

    /// <summary>Measures, and writes each figure beside its limit.</summary>
    Task Run(TextWriter report);
}
