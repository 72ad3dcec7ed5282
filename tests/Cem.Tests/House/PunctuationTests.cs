using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cem.Tests.House;

/// <summary>Chinese is written with full-width punctuation: half-width commas, colons, question marks and brackets beside it read as a slip.</summary>
public sealed partial class PunctuationTests
{
    [Test]
    public void Chinese_texts_of_pages_mails_and_refusals_use_full_width_punctuation()
    {
        var said = TextTests.All().Select(text => (Place: $"{text.Scope} {text.Key}", text.Words))
            .Concat(TemplateTests.Code().SelectMany(type => type.Strings.Select(text => (Place: type.Scope, Words: text))))
            .Concat(TemplateTests.Files().Select(file => (Place: file.Name, Words: file.Source)))
            .Where(text => Chinese().IsMatch(text.Words)).ToList();

        Breaches.None(said, said.SelectMany(text => Slips(text.Words).Select(slip => $"{text.Place}: {slip}")), "Half-width punctuation beside Chinese:");
    }

    [Test]
    public void Chinese_texts_of_the_sample_use_full_width_punctuation()
    {
        var said = Tree.Files(Path.Combine(Tree.Root, "samples"), "*.json").SelectMany(file => Strings(JsonElement.Parse(File.ReadAllText(file))).Select(text => (Place: Tree.Relative(file), Words: text)))
            .Concat(Tree.Files(Path.Combine(Tree.Root, "samples"), "*.cs").SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(text => (Place: Tree.Relative(file), Words: text.Groups["text"].Value))))
            .Where(text => Chinese().IsMatch(text.Words)).ToList();

        Breaches.None(said, said.SelectMany(text => Slips(text.Words).Select(slip => $"{text.Place}: {slip}")), "Half-width punctuation beside Chinese:");
    }

    [TestCase("没有客户,请重试", true)]
    [TestCase("客户: {name}", true)]
    [TestCase("真的吗?", true)]
    [TestCase("{count} 行;已拒绝", true)]
    [TestCase("净推荐值 (NPS)", true)]
    [TestCase("约剩 (小时)", true)]
    [TestCase("没有客户，请重试", false)]
    [TestCase("净推荐值（NPS）", false)]
    [TestCase("n = {count}, p < 0.05", false)]
    [TestCase("""{"en": "Words", "zh-CN": "文字"}""", false)]
    public void The_rule_bites(string text, bool isSlip) => Assert.That(Slips(text).Any(), Is.EqualTo(isSlip));

    static IEnumerable<string> Slips(string text) => Slip().Matches(text).Select(slip => text[Math.Max(0, slip.Index - 12)..Math.Min(text.Length, slip.Index + slip.Length + 12)]);

    static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Strings(member.Value)),
        _ => [],
    };

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"[\u3400-\u9fff\u3001-\u3011\uff01-\uff1f] ?[,:;?!]|[,:;?!] ?[\u3400-\u9fff]|[\u3400-\u9fff] ?\(|\([^()\n""]*[\u3400-\u9fff][^()\n""]*\)")]
    private static partial Regex Slip();

    [GeneratedRegex("""(?<!")"(?<text>[^"\n]*)"(?!")""")]
    private static partial Regex Literal();
}
