namespace TravelSaas;

/// <summary>One person's answers to one survey, question by question, so that conditions see what was said before.</summary>
internal sealed class Answers(Survey survey, Event cause, Contact contact, double level, Prng random, Comments comments)
{
    /// <summary>
    /// Relationship factors: how they differ in level from the whole, and how strongly they move with it. OA integration
    /// and support drive the recommendation, OA is rated worst; price is disliked by all and drives little.
    /// </summary>
    private static readonly Dictionary<string, (double Offset, double Load)> Factors = new()
    {
        ["overall"] = (0.1, 0.95), ["ease_of_use"] = (0.55, 0.8), ["oa_integration"] = (-1.3, 0.95), ["support"] = (-0.25, 0.75),
        ["billing"] = (-0.35, 0.4), ["value"] = (-0.8, 0.35), ["account_manager"] = (0.9, 0.5), ["mobile_app"] = (0.95, 0.25),
        ["waiting"] = (-0.6, 0.7), ["attitude"] = (0.8, 0.6), ["competence"] = (0.1, 0.7), ["fees"] = (-0.5, 0.4),
        ["accuracy"] = (0, 0.8), ["timeliness"] = (-0.2, 0.7), ["clarity"] = (-0.4, 0.5), ["speed"] = (-0.2, 0.6),
        ["choice"] = (0.2, 0.5), ["price"] = (-0.7, 0.35), ["training_quality"] = (0.4, 0.7),
    };

    private const double Centre = 8;
    private readonly List<(string Question, object Value)> _given = [];

    /// <summary>What this person would say today; one in twenty has met with something that went badly wrong.</summary>
    private readonly double _said = level + 0.85 * random.Normal() - (random.Chance(0.05) ? 3 : 0);

    public IReadOnlyList<(string Question, object Value)> Make()
    {
        foreach (var question in survey.Questions)
        {
            if (question.ShowWhen is { } condition && !condition.Holds(_given))
                continue;
            if (!question.Required && question.ShowWhen is null && random.Chance(0.07))
                continue;
            if (Value(question) is { } value)
                _given.Add((question.Id, value));
            if (question.FollowUps)
                FollowUp(question.Id, (int)_given[^1].Value);
        }
        return _given;
    }

    private object? Value(Question question) => question.Type switch
    {
        "nps" => Nps(),
        "csat" when question.Scale == 3 => Threshold(_said + 0.5 * random.Normal()),
        "csat" => question.NotApplicable && random.Chance(NotApplicable(question.Id)) ? 0 : FivePoints(question.Id),
        "ces" => Math.Clamp((int)Math.Round(0.68 * (_said + 0.7 * random.Normal()) + 0.1), 1, 7),
        "singleChoice" => Choice(question),
        "multipleChoice" => Several(question),
        "longText" => random.Chance(0.1) ? Comment() : null,
        _ => random.Chance(0.5) ? $"OA-{cause.At:yyyyMMdd}-{random.Between(1, 99):00}" : null,
    };

    /// <summary>0-10; people who would say 9 often round up to 10, and few use the lowest numbers.</summary>
    private int Nps()
    {
        var score = Math.Clamp((int)Math.Round(_said), 0, 10);
        return score switch
        {
            9 when random.Chance(0.4) => 10,
            <= 2 when random.Chance(0.4) => score + 1,
            _ => score,
        };
    }

    private static int Threshold(double said) => said >= 7.4 ? 3 : said >= 5.2 ? 2 : 1;

    private double NotApplicable(string question) => question switch
    {
        "oa_integration" => contact.Account.HasOa ? 0.02 : 1,
        "mobile_app" => contact.Account.Products.Contains("app") ? 0.04 : 1,
        "support" or "billing" => contact.Role == "decisionMaker" ? 0.15 : 0.06,
        _ => 0.08,
    };

    private int FivePoints(string question)
    {
        var (offset, load) = Factors[question];
        if (question == "oa_integration")
            offset -= 1.6 * contact.Account.OaTrouble;
        var rating = Centre + offset + load * 1.15 * (_said - Centre) + 1.5 * (1 - load) * random.Normal() + 0.35 * random.Normal();
        return Math.Clamp((int)Math.Round(1 + (rating - 1.6) * 0.46), 1, 5);
    }

    private string Choice(Question question)
    {
        var result = cause.Attribute("result");
        return question.Id switch
        {
            "resolved" => result switch
            {
                "stuck" => random.Weighted(("no", 0.75), ("late", 0.25)),
                "late" => random.Weighted(("late", 0.85), ("yes", 0.15)),
                _ => "yes",
            },
            "problem" => cause.Attribute("change") switch
            {
                "dates" => random.Weighted(("dates", 0.5), ("stuck", 0.4), ("approval", 0.1)),
                "cancel" => random.Weighted(("stuck", 0.6), ("duplicate", 0.3), ("people", 0.1)),
                _ => random.Weighted(("approval", 0.4), ("people", 0.3), ("duplicate", 0.2), ("stuck", 0.1)),
            },
            "before" => random.Weighted(("never", 1 - contact.Account.OaTrouble), ("once", 0.5), ("often", 0.2 + contact.Account.OaTrouble)),
            "solved" => _said >= 7 ? random.Weighted(("yes", 0.96), ("partly", 0.04)) : random.Weighted(("yes", 0.3), ("partly", 0.4), ("no", 0.3)),
            "plan" => _said switch
            {
                >= 8.5 => random.Weighted(("expand", 0.35), ("keep", 0.5), ("unknown", 0.15)),
                >= 6.5 => random.Weighted(("expand", 0.1), ("keep", 0.6), ("reduce", 0.08), ("stop", 0.02), ("unknown", 0.2)),
                _ => random.Weighted(("keep", 0.25), ("reduce", 0.25), ("stop", 0.25), ("unknown", 0.25)),
            },
            "reason" when cause.Touchpoint == "approval" => random.Weighted(("approval", 0.6), ("complicated", 0.25), ("slow", 0.15)),
            _ => random.Pick(question.Options),
        };
    }

    private string[] Several(Question question)
    {
        var chosen = question.Options.Where(option => random.Chance(option switch
        {
            "oa" => contact.Account.HasOa ? 0.35 + 0.5 * contact.Account.OaTrouble : 0.03,
            "support" or "price" or "late" or "amount" => 0.35,
            _ => 0.2,
        })).ToArray();
        return chosen.Length > 0 ? chosen : [random.Pick(question.Options)];
    }

    /// <summary>The three questions the server adds after an NPS question.</summary>
    private void FollowUp(string id, int score)
    {
        if (random.Chance(score <= 6 ? 0.55 : score <= 8 ? 0.24 : 0.34))
            _given.Add((id + "_reason", Comment(score)));
        if (score <= 6 && random.Chance(0.75))
        {
            _given.Add((id + "_warn", random.Chance(score <= 3 ? 0.6 : 0.15) ? "yes" : "no"));
            _given.Add((id + "_contact", random.Chance(0.6) ? "yes" : "no"));
        }
    }

    private string Comment(int? score = null) => comments.Compose(cause, contact, score ?? (int)Math.Round(_said), random);
}
