using Cem.Contracts.Responses;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators.KeepChoices;

/// <summary>
/// Keeps the columns of choices equal to the database: loads them before the server answers, and puts in what each completed
/// response chose, after the commit of the write that heard of it. Rows are known by the ids of the answers, so that a fact
/// heard twice changes nothing.
/// </summary>
sealed class LoadChoices(Store store, ChoiceColumns columns) : IWarmUp
{
    public void Run() => store.Read(reader =>
    {
        columns.Put(reader.Stream<ChoiceRow>(Sql.All));
        return true;
    });
}

sealed class AddChoices(ChoiceColumns columns) : IFactHandler<ResponseCompleted>
{
    public void Handle(ResponseCompleted fact, Tx tx)
    {
        var rows = tx.Prepare(Sql.OfResponse).List(Read, fact.ResponseId);
        if (rows.Count > 0)
            tx.AfterCommit(() => columns.Put(rows));
    }

    // By hand: every answer that arrives passes here.
    static ChoiceRow Read(Statement.Row row) => new(
        row.Number(0), Day.FromNumber((int)row.Number(1)), row.NumberOrNull(2), row.TextOrNull(3), row.TextOrNull(4), row.TextOrNull(5), row.Text(6), row.TextOrNull(7), row.TextOrNull(8),
        row.Text(9), row.Text(10), row.Text(11), row.Number(12));
}

file static class Sql
{
    const string Choices = """
        SELECT t.id, r.completed_day AS day, r.org_unit_id, r.region, r.tier, r.product, r.channel, r.role, r.touchpoint, r.survey_code AS survey, t.question,
          t.text AS option, r.interested
        FROM responses_v_texts t JOIN responses_v_responses r ON r.id = t.response_id
        WHERE t.comment = 0 AND r.state = 'complete'
        """;

    // In the order in which the answers came: that of their days, in which the columns are fastest.
    public const string All = $"{Choices} ORDER BY t.response_id, t.id";

    public const string OfResponse = $"{Choices} AND t.response_id = @Id";
}
