using System.Globalization;
using System.Net;
using Cem.Kernel.Messaging;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Microsoft.Extensions.Configuration;

namespace Cem.Kernel.Web;

/// <summary>
/// What an installation is told from outside: <c>appsettings.json</c> in the data folder, then environment variables
/// <c>CEM__Section__Key</c>, then arguments; checked as a whole at the start.
/// </summary>
/// <param name="PublicUrl">The address that links in mails and surveys begin with; no slash at the end.</param>
public sealed record Settings(
    string DataFolder, string Urls, string PublicUrl, TimeZoneInfo TimeZone, string Language, WorkingHours WorkingHours, MailSettings Mail)
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Who, besides this machine itself, may say for whom and over what it forwards: the reverse proxies in front.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Whether people reach the server over https, whoever ends it in front of us.</summary>
    public bool IsHttps => PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public string DatabaseFile => Path.Combine(DataFolder, "cem.db");

    public string OutboxFolder => Path.Combine(DataFolder, "outbox");

    /// <summary>The socket over which the command line hands work to a running server.</summary>
    public string SocketFile => Path.Combine(DataFolder, "cem.sock");

    static readonly string[] KnownKeys =
    [
        "Server:Urls", "Server:PublicUrl", "Server:Proxies", "Company:TimeZone", "Company:Language", "Company:WorkingDays", "Company:WorkingHours",
        "Mail:Host", "Mail:Port", "Mail:User", "Mail:Password", "Mail:Tls", "Mail:From", "Mail:FromName",
    ];

    /// <exception cref="SettingsException">Names every key that is wrong, and why.</exception>
    public static Settings Read(string dataFolder, string? urls)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(Path.Combine(dataFolder, "appsettings.json")), optional: true)
            .AddEnvironmentVariables("CEM__")
            .AddInMemoryCollection(urls is null ? [] : [new("Server:Urls", urls)])
            .Build();
        return new Check(configuration).Settings(dataFolder);
    }

    sealed class Check(IConfiguration configuration)
    {
        readonly List<string> errors = [];

        public Settings Settings(string dataFolder)
        {
            foreach (var (key, value) in configuration.AsEnumerable())
                if (value is not null && !KnownKeys.Contains(key, StringComparer.OrdinalIgnoreCase))
                    errors.Add($"{key}: there is no such setting");
            var urls = Read("Server:Urls", DefaultUrl, text => text.Split(';').All(IsHttp) ? text : null, "an address such as " + DefaultUrl);
            var host = configuration["Mail:Host"];
            var settings = new Settings(
                Path.GetFullPath(dataFolder), urls,
                Read("Server:PublicUrl", urls.Split(';')[0], text => IsHttp(text) ? text : null, "an address such as https://cem.example.com").TrimEnd('/'),
                Read("Company:TimeZone", "Asia/Shanghai", text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? zone : null, "an IANA time zone such as Asia/Shanghai"),
                Read("Company:Language", Languages.Default, text => Languages.Knows(text) ? text : null, string.Join(" or ", Languages.All)),
                new WorkingHours(
                    Read("Company:WorkingDays", "Mon,Tue,Wed,Thu,Fri", Days, "days such as Mon,Tue,Wed,Thu,Fri"),
                    Read("Company:WorkingHours", "09:00-18:00", Hours, "hours such as 09:00-18:00").From,
                    Read("Company:WorkingHours", "09:00-18:00", Hours, "hours such as 09:00-18:00").To),
                new MailSettings(
                    string.IsNullOrWhiteSpace(host) ? null : host,
                    Read("Mail:Port", "25", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? (int?)port : null, "a port between 1 and 65535")!.Value,
                    configuration["Mail:User"], configuration["Mail:Password"],
                    Read("Mail:Tls", "false", text => bool.TryParse(text, out var tls) ? (bool?)tls : null, "true or false")!.Value,
                    Read("Mail:From", "cem@localhost", text => System.Net.Mail.MailAddress.TryCreate(text, out _) ? text : null, "a mail address"),
                    configuration["Mail:FromName"]))
            {
                Proxies = Read("Server:Proxies", "", Networks, "addresses or networks such as 10.0.0.5,10.1.0.0/16"),
            };
            return errors.Count == 0 ? settings : throw new SettingsException(errors.Distinct());
        }

        T Read<T>(string key, string fallback, Func<string, T?> parse, string wanted)
        {
            if (parse(configuration[key] ?? fallback) is { } value)
                return value;
            errors.Add($"{key}: '{configuration[key]}' is not {wanted}");
            return parse(fallback)!;
        }

        static bool IsHttp(string text) => Uri.TryCreate(text.Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

        static HashSet<DayOfWeek>? Days(string text)
        {
            var days = new HashSet<DayOfWeek>();
            foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
            {
                var day = Enum.GetValues<DayOfWeek>().Where(day => day.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase) && name.Length >= 3).ToList();
                if (day.Count != 1)
                    return null;
                days.Add(day[0]);
            }
            return days;
        }

        static List<IPNetwork>? Networks(string text)
        {
            var networks = new List<IPNetwork>();
            foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                if (IPAddress.TryParse(part, out var address))
                    networks.Add(new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 128 : 32));
                else if (IPNetwork.TryParse(part, out var network))
                    networks.Add(network);
                else
                    return null;
            return networks;
        }

        static WorkingHours? Hours(string text) =>
            text.Split('-') is [var from, var to]
            && TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var opens)
            && TimeOnly.TryParseExact(to, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var closes) && opens < closes
                ? new WorkingHours(WorkingHours.Default.Days, opens, closes)
                : null;
    }
}

/// <summary>Settings that cannot be used; the program ends with exit code 78.</summary>
public sealed class SettingsException(IEnumerable<string> errors)
    : Exception("These settings are wrong:" + string.Concat(errors.Select(error => Environment.NewLine + "  " + error)));
