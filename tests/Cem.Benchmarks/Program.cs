using System.Reflection;
using Cem.Benchmarks;

var known = Assembly.GetExecutingAssembly().GetTypes()
    .Where(type => type.IsAssignableTo(typeof(IBenchmark)) && type is { IsClass: true, IsAbstract: false })
    .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
    .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal)
    .ToList();

var unknown = args.Except(known.Select(benchmark => benchmark.Name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"Unknown: {string.Join(", ", unknown)}. There are: {string.Join(", ", known.Select(benchmark => benchmark.Name))}.");
    return 2;
}

foreach (var benchmark in known.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name)))
{
    Console.WriteLine($"== {benchmark.Name}");
    await benchmark.Run(Console.Out);
}

return 0;
