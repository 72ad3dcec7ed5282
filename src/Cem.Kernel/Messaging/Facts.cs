using System.Collections.Concurrent;
using System.Reflection;
using Cem.Kernel.Data;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Kernel.Messaging;

/// <summary>
/// The register of facts and of who handles them, found by a scan; writes what is told into the teller's transaction.
/// </summary>
public sealed class Facts
{
    readonly Dictionary<string, Type> factsByName = [];
    readonly Dictionary<string, Handler> handlersByName = [];
    readonly Dictionary<Type, List<Handler>> handlersByFact = [];
    readonly ConcurrentDictionary<Type, string> handlerNames = [];

    /// <param name="contracts">The assemblies that hold the facts.</param>
    /// <param name="features">The assemblies that hold the handlers.</param>
    public Facts(IEnumerable<Assembly> contracts, IEnumerable<Assembly> features)
    {
        foreach (var fact in contracts.SelectMany(assembly => assembly.GetTypes()).Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(INotification))))
        {
            factsByName.Add(fact.Name, fact);
            handlersByFact.Add(fact, []);
        }
        foreach (var type in features.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.IsAbstract))
            foreach (var handled in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IFactHandler<>)))
                Register(type, handled.GetGenericArguments()[0]);
    }

    /// <summary>Delivers, by the commit that tells them, as much of what was told as it sees fit; there while a dispatcher runs.</summary>
    internal Action<Tx>? Deliver { get; set; }

    /// <summary>Runs when deliveries are owed after a commit; the dispatcher listens.</summary>
    internal event Action? Owed;

    internal IEnumerable<Type> HandlerTypes => handlersByName.Values.Select(handler => handler.Type).Distinct();

    /// <summary>Each fact's name and its handlers' names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Map => factsByName.ToDictionary(
        fact => fact.Key, fact => (IReadOnlyList<string>)[.. handlersByFact[fact.Value].Select(handler => handler.Name)]);

    internal void Tell(Tx tx, INotification fact)
    {
        if (!handlersByFact.TryGetValue(fact.GetType(), out var handlers))
            throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of the contracts.");
        var id = tx.NewId();
        tx.Prepare("INSERT INTO kernel_facts (id, name, body, told_at) VALUES (@Id, @Name, @Body, @Now)")
            .Run(id, fact.GetType().Name, System.Text.Json.JsonSerializer.Serialize(fact, fact.GetType(), Json.Stored), tx.Now);
        if (handlers.Count > 0)
            tx.Remember(new Told(id, fact, handlers));
    }

    /// <summary>The end of a group of writes, before its commit: what is not delivered by it is owed from then on.</summary>
    internal void Conclude(Tx tx)
    {
        Deliver?.Invoke(tx);
        var owed = false;
        for (; tx.TakeTold() is { } told; owed = true)
            tx.Prepare("INSERT INTO kernel_deliveries (fact_id, handler, due_at) SELECT @Id, value, @Now FROM json_each(@Handlers)")
                .Run(told.Id, tx.Now, Names(told.Fact.GetType(), told.Handlers));
        if (owed && Owed is { } wake)
            tx.AfterCommit(wake);
    }

    string Names(Type fact, IReadOnlyList<Handler> handlers) =>
        handlerNames.GetOrAdd(fact, static (_, all) => Json.Write(all.Select(handler => handler.Name)), handlers);

    internal Handler? FindHandler(string name) => handlersByName.GetValueOrDefault(name);

    internal INotification Read(string name, string body) =>
        factsByName.TryGetValue(name, out var type)
            ? (INotification)System.Text.Json.JsonSerializer.Deserialize(body, type, Json.Stored)!
            : throw new InvalidOperationException($"No fact of the contracts is called {name}.");

    void Register(Type type, Type fact)
    {
        if (!handlersByFact.TryGetValue(fact, out var handlers))
            throw new InvalidOperationException($"{type} handles {fact.Name}, which is not a fact of the contracts.");
        // Features.<Area>.<Slice>: the folder names the handler, so that renaming a class inside it keeps what is owed.
        var folder = string.Join('.', type.Namespace!.Split('.').SkipWhile(part => part != "Features").Skip(1));
        var name = $"{(folder.Length > 0 ? folder : type.Namespace)}:{fact.Name}";
        var call = typeof(Facts).GetMethod(nameof(Call), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(fact);
        var handler = new Handler(name, type, call.CreateDelegate<Action<object, INotification, Tx>>());
        handlersByName.Add(name, handler);
        handlers.Add(handler);
    }

    static void Call<TFact>(object handler, INotification fact, Tx tx) where TFact : INotification =>
        ((IFactHandler<TFact>)handler).Handle((TFact)fact, tx);

    internal sealed record Handler(string Name, Type Type, Action<object, INotification, Tx> Call)
    {
        readonly ObjectFactory make = ActivatorUtilities.CreateFactory(Type, []);

        /// <summary>Hands it the fact, inside the write.</summary>
        public void Take(INotification fact, Tx tx, IServiceProvider services) => Call(make(services, null), fact, tx);
    }
}

/// <summary>A fact of the current write, and who is to hear it.</summary>
sealed record Told(long Id, INotification Fact, IReadOnlyList<Facts.Handler> Handlers);
