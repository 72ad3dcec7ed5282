namespace Cem.Contracts;

/// <summary>Names this assembly for the scan.</summary>
public static class ContractsAssembly;
