using System.Text;
using Cem.Kernel.Text;

namespace Cem.Tests.Kernel.Text;

public sealed class CsvTests
{
    const string Chinese = "编号,名称\r\nacct-1,栎图集团有限公司\r\n";

    static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    static IEnumerable<TestCaseData> Encoded()
    {
        yield return new TestCaseData(new UTF8Encoding(false).GetBytes(Chinese)).SetArgDisplayNames("UTF-8");
        yield return new TestCaseData((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Chinese)]).SetArgDisplayNames("UTF-8 with a mark");
        yield return new TestCaseData((byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Chinese)]).SetArgDisplayNames("UTF-16 with a mark");
        yield return new TestCaseData(Gb18030.GetBytes(Chinese)).SetArgDisplayNames("GB18030");
    }

    [TestCaseSource(nameof(Encoded))]
    public async Task Text_is_read_in_the_encodings_of_spreadsheets(byte[] bytes)
    {
        using var reader = await Csv.Open(new MemoryStream(bytes), CancellationToken.None);

        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(Chinese));
    }

    [Test]
    public async Task A_character_on_the_border_of_what_is_looked_at_does_not_change_the_encoding([Values(0, 1, 2)] int shift)
    {
        var text = new string('a', shift) + string.Concat(Enumerable.Repeat("栎图\n", 100_000));

        using var reader = await Csv.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None);

        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(text));
    }

    [Test]
    public async Task A_file_without_line_ends_is_given_up()
    {
        using var reader = await Csv.Open(new MemoryStream(new byte[3 * 1024 * 1024]), CancellationToken.None);

        Assert.That(async () => await reader.ReadToEndAsync(), Throws.TypeOf<InvalidDataException>());
    }

    [TestCase("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [TestCase("+1", "'+1")]
    [TestCase("-1", "'-1")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("plain", "plain")]
    [TestCase("'quoted", "'quoted")]
    [TestCase("", "")]
    public void What_a_spreadsheet_would_run_becomes_text_and_comes_back_as_it_was(string cell, string guarded)
    {
        Assert.That(Csv.Guard(cell), Is.EqualTo(guarded));
        Assert.That(Csv.Unguard(guarded), Is.EqualTo(cell));
    }

    [Test]
    public void Cells_are_quoted_where_they_must_be() =>
        Assert.That(Csv.Line(["a", "b,c", "say \"x\"", "two\nlines"]), Is.EqualTo("a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\"\r\n"));
}
