// Writes the sample company's data beside this file: dotnet run samples/travel-saas/generate.cs
using TravelSaas;

var folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var sample = Sample.Generate(folder);
sample.WriteTo(folder);
Console.WriteLine(Summary.Of(sample));
