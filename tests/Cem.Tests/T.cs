namespace Cem.Tests;
public sealed class T { [Test] public void One() => Assert.That(1, Is.EqualTo(1)); }
