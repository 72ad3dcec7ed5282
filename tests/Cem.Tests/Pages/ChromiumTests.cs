using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Cem.Tests.House;
using Cem.Tests.Testing;

namespace Cem.Tests.Pages;

/// <summary>
/// The pages in a real Chromium, against the real program with the sample company: walks of <c>tests/browser</c>, each of which
/// fails for a serious accessibility fault, an error on the console, a breach of the content security policy, or a page that
/// is wider than its window.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance), Parallelizable(ParallelScope.Self)]
public sealed class ChromiumTests
{
    static readonly string Folder = Path.Combine(Tree.Root, "tests", "browser");

    readonly DirectoryInfo data = Directory.CreateTempSubdirectory("cem-browser-");
    readonly Uri address = ServerProcess.FreeAddress();
    readonly Queue<string> links = new();
    readonly Queue<string> orders = new();
    string chromium = "";
    string signInFaults = "";
    ServerProcess? server;

    string SessionFile => Path.Combine(data.FullName, "session.json");

    [OneTimeSetUp]
    public async Task Serve()
    {
        chromium = await Prepare();
        server = await ServerProcess.Start(data.FullName, address, "demo");
        var link = await server.Printed;
        await Arrange();
        signInFaults = await Walk("signIn", 1280, "zh-CN", ("link", link), ("save", SessionFile));
    }

    [OneTimeTearDown]
    public void Stop()
    {
        server?.Dispose();
        data.Delete(recursive: true);
    }

    [Test]
    public void Signing_in_by_link_and_by_password() => Assert.That(signInFaults, Is.Empty);

    [Test]
    public async Task The_survey_from_its_link_to_the_thanks([Values("en", "zh-CN")] string language, [Values(390, 1280)] int width, [Values] bool script) =>
        Assert.That(await Walk("survey", width, language, ("link", links.Dequeue()), ("script", script ? "true" : "false")), Is.Empty);

    [Test]
    public async Task Every_page_of_the_workbench([Values("en", "zh-CN")] string language, [Values(390, 1280)] int width) =>
        Assert.That(await Walk("workbench", width, language, ("state", SessionFile)), Is.Empty);

    [Test]
    public async Task Every_page_of_the_workbench_without_script() =>
        Assert.That(await Walk("workbench", 1280, "en", ("state", SessionFile), ("script", "false")), Is.Empty);

    [TestCase("en", 1280)]
    [TestCase("zh-CN", 390)]
    public async Task The_account_of_the_story_is_seen_wherever_a_manager_looks(string language, int width) =>
        Assert.That(await Walk("story", width, language, ("state", SessionFile)), Is.Empty);

    [TestCase("en", 390, true)]
    [TestCase("zh-CN", 1280, true)]
    [TestCase("en", 1280, false)]
    public async Task A_work_order_from_open_to_closed(string language, int width, bool script) =>
        Assert.That(await Walk("workOrder", width, language, ("state", SessionFile), ("path", "/work-orders/" + orders.Dequeue()), ("script", script ? "true" : "false")), Is.Empty);

    [TestCase("zh-CN", 390, true)]
    [TestCase("en", 1280, true)]
    [TestCase("en", 1280, false)]
    public async Task A_journey_is_edited_on_its_map(string language, int width, bool script) =>
        Assert.That(await Walk("journey", width, language, ("state", SessionFile), ("path", "/journeys/corporate-travel-app"), ("script", script ? "true" : "false")), Is.Empty);

    /// <summary>Finds Chromium, and fetches the packages of the walks where they are missing.</summary>
    static async Task<string> Prepare()
    {
        var found = new[] { Environment.GetEnvironmentVariable("CEM_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
            ?? throw LeftOut.Because("There is no Chromium (set CEM_CHROMIUM to it).");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")) && await Run("npm", "ci", "--no-audit", "--no-fund") is (not 0, var said))
            throw LeftOut.Because("The packages of tests/browser cannot be had: " + said);
        if (await Run("node", "--version") is (not 0, var missing))
            throw LeftOut.Because(missing);
        return found;
    }

    /// <summary>Personal links and open work orders, one for each walk that needs one.</summary>
    async Task Arrange()
    {
        using var api = new HttpClient { BaseAddress = address };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await ServerProcess.Run("keys", "create", "--name", "browser", "--scopes", "admin", "--data", data.FullName));
        await (await api.PutAsJsonAsync("/api/v1/contact-rules", new { touchpointDays = 0, relationshipDays = 0, budgetContacts = 3, budgetDays = 0, reminderDays = 0, expiryDays = 30, tooOldDays = 14 })).Json();
        var contacts = (await (await api.GetAsync("/api/v1/contacts?limit=100")).Json()).GetProperty("items").EnumerateArray().Select(contact => contact.GetProperty("externalId").GetString()!).ToList();
        var invited = await (await api.PostAsJsonAsync("/api/v1/invitations", new { survey = "support", contacts, touchpoint = "traveller-support" })).Json();
        foreach (var link in invited.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("link")).Where(link => link.ValueKind == JsonValueKind.String))
            links.Enqueue(link.GetString()!);
        foreach (var order in (await (await api.GetAsync("/api/v1/work-orders?state=open")).Json()).GetProperty("items").EnumerateArray())
            orders.Enqueue(order.GetProperty("id").GetString()!);
    }

    /// <summary>What was wrong, line by line.</summary>
    async Task<string> Walk(string walk, int width, string language, params (string Name, string Value)[] options)
    {
        string[] arguments = ["run.mjs", "--walk", walk, "--base", address.GetLeftPart(UriPartial.Authority), "--chromium", chromium, "--width", $"{width}", "--language", language,
            .. options.SelectMany(option => (string[])["--" + option.Name, option.Value])];
        var (code, said) = await Run("node", arguments);
        return code == 0 ? "" : said;
    }

    static async Task<(int Code, string Said)> Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output + await error);
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            return (127, $"{program} cannot be run: {fault.Message}");
        }
    }
}
