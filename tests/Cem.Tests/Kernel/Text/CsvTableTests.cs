using System.Text;
using Cem.Kernel.Text;

namespace Cem.Tests.Kernel.Text;

public sealed class CsvTableTests
{
    [TestCase("a,b\nc,d\n", "1:a|b", "2:c|d")]
    [TestCase("a,b\r\n\r\nc,\r\n", "1:a|b", "3:c|")]
    [TestCase("a\rb", "1:a", "2:b")]
    [TestCase("\"a,b\",\"c\"\"d\"\ne", "1:a,b|c\"d", "2:e")]
    [TestCase("\"two\nlines\",x\ny", "1:two\nlines|x", "3:y")]
    [TestCase("a,\"\"\n\"\"\nb", "1:a|", "3:b")]
    [TestCase(",,\n", "1:||")]
    [TestCase("")]
    [TestCase("\n\n")]
    public async Task Records_are_read_with_their_lines(string text, params string[] records) =>
        Assert.That(await Read(text), Is.EqualTo(records));

    [TestCase("a\"b,c\nd", "!1:a\"b|c", "2:d")]
    [TestCase("\"a\"b,c\nd", "!1:a|c", "2:d")]
    [TestCase("a,\"b", "!1:a|b")]
    public async Task Marks_that_stand_wrong_are_told(string text, params string[] records) =>
        Assert.That(await Read(text), Is.EqualTo(records));

    [Test]
    public async Task Records_that_cross_the_buffer_are_whole()
    {
        var text = new StringBuilder();
        var expected = new List<string>();
        for (var i = 1; i <= 20_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},\"x{new string('y', i % 97)}\"\"\",{i * 7}\r\n");
            expected.Add($"{i}:{i}|x{new string('y', i % 97)}\"|{i * 7}");
        }

        Assert.That(await Read(text.ToString()), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_delimiter_is_chosen_and_the_header_read_again()
    {
        using var table = new CsvTable(new StringReader("\"a;b\";c\nd;e\n"));
        await table.Read();
        Assert.That((table.CountWith(','), table.CountWith(';')), Is.EqualTo((1, 2)));
        table.Delimiter = ';';
        table.Again();
        Assert.That(table.ToArray(), Is.EqualTo(new[] { "a;b", "c" }));
        await table.Read();
        Assert.That((table.Line, string.Join('|', table.ToArray())), Is.EqualTo((2L, "d|e")));
    }

    [Test]
    public void Records_without_bound_are_refused()
    {
        Assert.ThrowsAsync<InvalidDataException>(() => Read("\"" + new string('x', 4_000_000)));
        Assert.ThrowsAsync<InvalidDataException>(() => Read(new string(',', CsvTable.MostCells)));
    }

    static async Task<List<string>> Read(string text)
    {
        using var table = new CsvTable(new StringReader(text));
        var records = new List<string>();
        while (await table.Read())
            records.Add($"{(table.IsSpoilt ? "!" : "")}{table.Line}:{string.Join('|', table.ToArray())}");
        return records;
    }
}
