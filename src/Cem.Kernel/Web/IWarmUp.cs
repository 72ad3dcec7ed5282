namespace Cem.Kernel.Web;

/// <summary>What a slice does once when the server starts, before it answers: bringing state into memory.</summary>
public interface IWarmUp
{
    void Run();
}
