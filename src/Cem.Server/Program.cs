using Cem.Contracts;
using Cem.Kernel.Web;

return await new CommandLine(contracts: typeof(ContractsAssembly).Assembly, features: typeof(Program).Assembly)
    .Run(args, Console.Out, Console.Error);
