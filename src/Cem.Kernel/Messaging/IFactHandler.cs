using Cem.Kernel.Data;
using MediatR;

namespace Cem.Kernel.Messaging;

/// <summary>
/// What one slice does about a fact that another has told. It runs inside a write: its own rows and the mark that it
/// has seen the fact are committed together, so that it takes effect exactly once, also across a crash. It must not
/// wait, ask, or do anything outside the transaction; what it throws undoes it, and it is tried again later.
/// </summary>
/// <remarks>
/// MediatR's own notification handler gets no transaction and cannot be told apart from its neighbours when one fails,
/// hence this interface; the facts themselves stay plain notifications.
/// </remarks>
public interface IFactHandler<in TFact> where TFact : INotification
{
    void Handle(TFact fact, Tx tx);
}
