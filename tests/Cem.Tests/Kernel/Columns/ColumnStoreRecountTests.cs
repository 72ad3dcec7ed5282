using Cem.Kernel.Columns;
using static Cem.Tests.Kernel.Columns.NaiveStore;

namespace Cem.Tests.Kernel.Columns;

/// <summary>Random rows, changes, removals, filters and groupings, each answer recounted the slow way.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ColumnStoreRecountTests
{
    static readonly string[] Dimensions = ["unit", "touchpoint", "role", "many"];
    static readonly DateOnly Start = new(2025, 1, 1);

    [Test]
    public void Every_answer_equals_a_recount_after_any_changes([Range(1, 24)] int seed)
    {
        var world = new World(seed, segmentBits: 5 + seed % 4, parallelFrom: seed % 2 == 0 ? 0 : int.MaxValue);
        for (var round = 0; round < 12; round++)
        {
            world.Change(operations: world.Random.Next(1, 600));
            world.Check(questions: 6);
        }
    }

    [Test]
    public void Every_answer_equals_a_recount_of_a_hundred_thousand_rows([Values(0, int.MaxValue)] int parallelFrom)
    {
        var world = new World(seed: 99, segmentBits: 16, parallelFrom);
        world.Load(120_000);
        world.Change(operations: 60_000);
        world.Check(questions: 8);
        Assert.That(world.Naive.Rows, Has.Count.GreaterThanOrEqualTo(100_000));
    }

    sealed class World(int seed, int segmentBits, int parallelFrom)
    {
        readonly ColumnStore _store = new(Dimensions, segmentBits, parallelFrom);
        long _lastKey = 1L << 40;

        public Random Random { get; } = new(seed);

        public NaiveStore Naive { get; } = new(Dimensions);

        public void Load(int rows)
        {
            using var change = _store.Change();
            for (var i = 0; i < rows; i++)
                Put(change, NewRow(++_lastKey, i / 400));
        }

        public void Change(int operations)
        {
            var known = Naive.Rows.Keys.ToList();
            using var change = _store.Change();
            for (var i = 0; i < operations; i++)
            {
                var key = known.Count > 0 ? known[Random.Next(known.Count)] : 0;
                switch (Random.Next(10))
                {
                    case 0 or 1 or 2:
                        Assert.That(change.Remove(key), Is.EqualTo(Naive.Rows.Remove(key)));
                        break;
                    case 3 or 4 or 5 when known.Count > 0:
                        Put(change, NewRow(key, Random.Next(400)));
                        break;
                    case 6 when Naive.Rows.TryGetValue(key, out var same):
                        Assert.That(Put(change, same), Is.False, "the same row again");
                        break;
                    default:
                        known.Add(++_lastKey);
                        Put(change, NewRow(_lastKey, Random.Next(400)));
                        break;
                }
            }
        }

        public void Check(int questions)
        {
            Assert.That(_store.Rows, Is.EqualTo(Naive.Rows.Count));
            Question? last = null;
            var batch = new List<Question>();
            for (var i = 0; i < questions; i++)
                batch.Add(last = NewQuestion(last));
            var answers = _store.Ask([.. batch.Select(question => question.Query)]);
            for (var i = 0; i < questions; i++)
                Assert.That(Show(batch[i].Query, answers[i]), Is.EqualTo(Naive.Ask(batch[i])), $"question {i}");
        }

        bool Put(ColumnChange change, Row row)
        {
            Naive.Rows[row.Key] = row;
            return change.Put(row.Key, row.Day, row.Cluster, row.Value, row.Members);
        }

        Row NewRow(long key, int day) =>
            new(key, Start.AddDays(day), Random.Next(60) * 1000L,
                Random.Next(12) is < 11 and var value ? value : null,
                [
                    Random.Next(9) is > 0 and var unit ? unit : Member.None,
                    "tp" + Random.Next(14),
                    Random.Next(4) is > 0 and var role ? "role" + role : (string?)null,
                    // More members as time goes on, so that the column is widened under way.
                    Random.NextInt64(1 + key % 2000),
                ]);

        Question NewQuestion(Question? last)
        {
            var allowed = new Dictionary<string, HashSet<Member>>();
            var (from, to) = (DateOnly.MinValue, DateOnly.MaxValue);
            Func<long, bool> clusters = _ => true;
            var filter = Filter.All;
            if (last is not null && Random.Next(3) == 0)
                (allowed, from, to, clusters, filter) = (last.Allowed, last.From, last.To, last.Clusters, last.Query.Filter);
            else
            {
                foreach (var name in Dimensions.Where(_ => Random.Next(3) == 0))
                {
                    allowed[name] = [.. MembersOf(name).Where(_ => Random.Next(3) > 0)];
                    filter = filter.Where(name, MembersOf(name)).Where(name, allowed[name]);
                }

                if (Random.Next(3) == 0)
                {
                    (from, to) = (Start.AddDays(Random.Next(300)), Start.AddDays(Random.Next(450)));
                    filter = filter.Between(from, to);
                }

                if (Random.Next(4) == 0)
                {
                    clusters = id => id / 1000 % 7 < 3;
                    filter = filter.WhereCluster(clusters);
                }
            }

            Func<DateOnly, int?> period = day => day < Start.AddDays(50) || day > Start.AddDays(340) ? null : day.Year * 100 + day.Month;
            var (scale, binOf) = Scales[Random.Next(Scales.Length)];
            var query = new CellQuery(scale)
            {
                Filter = filter,
                By = [.. Dimensions.Where(_ => Random.Next(3) == 0).Reverse()],
                Periods = Random.Next(3) == 0 ? Periods.Of(Start.AddDays(50), Start.AddDays(340), day => period(day)!.Value) : null,
                PerCluster = Random.Next(3) == 0,
            };
            return new(query, binOf, allowed, clusters, from, to, period);
        }

        IEnumerable<Member> MembersOf(string name)
        {
            var index = Array.IndexOf(Dimensions, name);
            return Naive.Rows.Values.Select(row => row.Members[index]).Distinct().Append("never seen");
        }

        static readonly (Scale, Func<int?, int?>)[] Scales =
        [
            (Scale.Values(0, 10), value => value),
            (Scale.Values(1, 5), value => value is >= 1 and <= 5 ? value : null),
            (Scale.Bands(0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2), value => value is null ? null : value <= 6 ? 0 : value <= 8 ? 1 : 2),
            (Scale.Bands(-1, 1, 0), value => value is 1 ? 1 : value is 2 ? 0 : null),
        ];
    }
}
