using Cem.Kernel.Messaging;

namespace Cem.Tests.Testing;

/// <summary>A mail server that can be away.</summary>
sealed class BrokenTransport : IMailTransport
{
    public bool Away { get; set; } = true;

    public List<Mail> Delivered { get; } = [];

    public Task Deliver(Mail mail, CancellationToken ct)
    {
        if (Away)
            throw new IOException("The mail server is <away>.");
        Delivered.Add(mail);
        return Task.CompletedTask;
    }
}
