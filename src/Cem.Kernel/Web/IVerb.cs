namespace Cem.Kernel.Web;

/// <summary>What a verb needs around it.</summary>
public enum VerbRuns
{
    /// <summary>With the database, in a running server when there is one.</summary>
    WithDatabase,

    /// <summary>On the data folder alone, while no server runs.</summary>
    WithoutServer,

    /// <summary>Starts the server, runs once it answers, and lets it go on.</summary>
    AsServer,
}

/// <summary>One verb of the command line; slices bring their own.</summary>
public interface IVerb
{
    /// <summary>One or two words: <c>keys create</c>.</summary>
    string Name { get; }

    /// <summary>Its options, for the usage text: <c>--name N --scopes a,b</c>.</summary>
    string Usage { get; }

    VerbRuns Runs => VerbRuns.WithDatabase;

    /// <exception cref="UsageException">The arguments are not right (exit code 2).</exception>
    /// <returns>The exit code: 0 done, 1 failed.</returns>
    Task<int> Run(VerbCall call, CancellationToken ct);
}

/// <summary>One call of a verb: data go to <see cref="Output"/>, messages to <see cref="Error"/>.</summary>
public sealed record VerbCall(IReadOnlyDictionary<string, string> Options, IReadOnlyList<string> Operands, TextWriter Output, TextWriter Error)
{
    public string Required(string option) =>
        Options.GetValueOrDefault(option) ?? throw new UsageException($"--{option} is needed.");

    public string Operand(int index, string name) =>
        index < Operands.Count ? Operands[index] : throw new UsageException($"{name} is needed.");
}

/// <summary>The command line was not understood.</summary>
public sealed class UsageException(string message) : Exception(message);
