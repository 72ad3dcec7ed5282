using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Tests.Kernel.Messaging.Others;

/// <summary>A second handler, in a place of its own as a second slice would be.</summary>
sealed class Calm : IFactHandler<Rained>
{
    public void Handle(Rained fact, Tx tx) => tx.Execute("INSERT INTO seen (handler, number) VALUES ('calm', @Number)", fact);
}
