using System.Collections.Concurrent;
using Cem.Kernel.Data;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Responses;

/// <summary>The published versions of surveys, ready to take answers. A version never changes, so that what is known stays true.</summary>
sealed class SurveyVersions
{
    readonly ConcurrentDictionary<(long Survey, int Version), Questionnaire> known = [];

    /// <summary>The version, read once; null where the survey has none of that number.</summary>
    public Questionnaire? Find(Session session, long survey, int version)
    {
        if (known.TryGetValue((survey, version), out var questionnaire))
            return questionnaire;
        if (session.Find<string>(Sql.Definition, new { Survey = survey, Version = version }) is not { } definition)
            return null;
        return known.GetOrAdd((survey, version), Questionnaire.Of(definition));
    }

    /// <summary>A version that an answer was given to, and which is there because of it.</summary>
    public Questionnaire Get(Session session, long survey, int version) => Find(session, survey, version)
        ?? throw new InvalidDataException($"Version {version} of survey {new Id(survey)} is missing.");

    static class Sql
    {
        public const string Definition = "SELECT definition FROM surveys_v_versions WHERE survey_id = @Survey AND version = @Version";
    }
}

sealed class ResponsesServices : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddSingleton<SurveyVersions>();
}
