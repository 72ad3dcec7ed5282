namespace Cem.Tests.House;

/// <summary>How house rules are asserted: on a set that is not empty, with every breach reported at once.</summary>
static class Breaches
{
    public static void None<T>(IReadOnlyCollection<T> subjects, IEnumerable<string> breaches, string rule)
    {
        Assert.That(subjects, Is.Not.Empty, "The rule found nothing to look at.");
        var found = breaches.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.That(found, Is.Empty, rule + Environment.NewLine + string.Join(Environment.NewLine, found));
    }
}
