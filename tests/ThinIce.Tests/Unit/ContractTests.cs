using System.Text;
using System.Text.Json;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.TestSupport;

namespace ThinIce.Tests.Unit;

/// <summary>Bad input gets a coded error that names the field; good input beside it is answered.</summary>
public sealed class ContractTests
{
    private static readonly Answerer Answerer = new(Repository.Compiled);

    [Theory]
    [InlineData("""{"client":{"age":430}}""", Problems.OutOfRange, "client.age")]
    [InlineData("""{"client":{"age":-1}}""", Problems.OutOfRange, "client.age")]
    [InlineData("""{"client":{"age":"forty"}}""", Problems.WrongType, "client.age")]
    [InlineData("""{"client":{"age":1e999}}""", Problems.OutOfRange, "client.age")]
    [InlineData("""{"client":{"pregnancyWeeks":99}}""", Problems.OutOfRange, "client.pregnancyWeeks")]
    [InlineData("""{"client":{"sex":"yes"}}""", Problems.UnknownValue, "client.sex")]
    [InlineData("""{"client":{"medicines":"warfarin"}}""", Problems.WrongType, "client.medicines")]
    [InlineData("""{"client":{"medicines":[1]}}""", Problems.WrongType, "client.medicines[0]")]
    [InlineData("""{"client":"me"}""", Problems.WrongType, "client")]
    [InlineData("""{"session":{"pressure":"crushing"}}""", Problems.UnknownValue, "session.pressure")]
    [InlineData("""{"session":{"minutes":0}}""", Problems.OutOfRange, "session.minutes")]
    [InlineData("""{"session":{"minutes":1e9}}""", Problems.OutOfRange, "session.minutes")]
    [InlineData("""{"session":{"heat":"hot"}}""", Problems.WrongType, "session.heat")]
    [InlineData("""{"format":"thinice/intake/9"}""", Problems.UnknownFormat, "format")]
    [InlineData("""{"notAsked":["shoe size"]}""", Problems.UnknownValue, "notAsked[0]")]
    [InlineData("""[1]""", Problems.NotAnObject, "[0]")]
    [InlineData("""{"client":{"symptoms":["\ud800"]}}""", Problems.MalformedJson, "client.symptoms[0]")]
    public void An_absurd_value_is_refused_by_code_and_path(string json, string code, string path)
    {
        var problem = Screen(json)[0].Problems[0];
        Assert.Equal((code, path), (problem.Code, problem.Path));
    }

    [Fact]
    public void A_field_written_twice_is_refused_rather_than_lost() =>
        Assert.Contains("stands twice", Screen("""{"client":{"medicines":["warfarin"],"medicines":[]}}""")[0].Problems[0].Message, StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal(["client.age", "session.pressure", "session.minutes"], Screen("""{"client":{"age":430},"session":{"pressure":"x","minutes":-5}}""")[0].Problems.Select(p => p.Path));

    [Theory]
    [InlineData("""[{"id":"a"},{"id":"b","client":{"age":"x"}},{"id":"c"}]""", "a,,c")]
    [InlineData("""[{"id":"a"},{"id":},{"id":"c"}]""", "a,,c")]
    [InlineData("""[{"id":"a"},nonsense,{"id":"c"}]""", "a,,c")]
    [InlineData("[{\"id\":\"a\"},\n{\"id\":\"b\",\"client\":{\"age\":3},\n{\"id\":\"c\"}]", "a,,c")]
    [InlineData("[{\"id\":\"a\"},\n{\"id\":\"b,\n{\"id\":\"c\"}]", "a,,c")]
    [InlineData("[{\"id\":\"a\"},{\"id\":\"c\"}", "a,c,")]
    [InlineData("{\"id\":\"a\"}\n{\"id\":\"c\"}\n", "a,c")]
    public void A_broken_object_does_not_take_the_good_ones_along(string json, string answered) =>
        Assert.Equal(answered, string.Join(',', Screen(json).Select(r => r.Answer?.Id)));

    [Fact]
    public void A_thousand_intakes_with_one_broken_are_answered_but_for_one()
    {
        var text = $"[{string.Join(",\n", Enumerable.Range(0, 1000).Select(i => i == 500 ? """{"id":"500","client":{"age":[}}""" : $$$"""{"id":"{{{i}}}","client":{"medicines":["warfarin"]},"session":{"technique":"deep tissue"}}"""))}]";
        var replies = Screen(text);
        Assert.Equal(1000, replies.Count);
        Assert.Equal(999, replies.Count(r => r.Answer?.Adaptations.Length > 0));
        Assert.Equal((Problems.MalformedJson, "[500]"), (replies[500].Problems[0].Code, replies[500].Problems[0].Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    public void Nothing_at_all_is_said_to_be_nothing(string json) => Assert.Equal(Problems.Empty, Screen(json)[0].Problems[0].Code);

    [Fact]
    public void An_empty_array_is_answered_with_nothing() => Assert.Empty(Screen("[]"));

    [Fact]
    public void Ten_megabytes_of_words_are_refused_by_id_and_the_next_intake_is_answered()
    {
        var replies = Screen($$$"""[{"id":"big","client":{"symptoms":["{{{new string('a', 10_000_000)}}}"]}},{"id":"small"}]""");
        Assert.Equal(("big", Problems.TooLarge), (replies[0].Id, replies[0].Problems[0].Code));
        Assert.NotNull(replies[1].Answer);
    }

    [Fact]
    public void A_long_item_and_a_long_list_are_refused_with_their_path()
    {
        Assert.Equal((Problems.TooLong, "client.symptoms[0]"), First($$$"""{"client":{"symptoms":["{{{new string('a', 2001)}}}"]}}"""));
        Assert.Equal((Problems.TooMany, "client.symptoms"), First($$$"""{"client":{"symptoms":[{{{string.Join(',', Enumerable.Repeat("\"a\"", 201))}}}]}}"""));
    }

    [Theory]
    [InlineData("secret-words")]
    public void No_message_repeats_what_somebody_wrote(string secret)
    {
        var replies = Screen($$$"""[{"client":{"sex":"{{{secret}}}"}},{"client":{"age":"{{{secret}}}"}},{"session":{"technique":["{{{secret}}}"]}},{"id" "{{{secret}}}"}]""");
        Assert.All(replies.Where(r => r.Answer is null), r => Assert.All(r.Problems, p => Assert.DoesNotContain(secret, p.Message, StringComparison.Ordinal)));
        Assert.Equal(4, replies.Count(r => r.Answer is null));
    }

    [Fact]
    public void Fields_nobody_reads_are_named() =>
        Assert.Equal(["client.medicine"], Screen("""{"client":{"medicine":["warfarin"]}}""")[0].Answer!.NotRead);

    [Theory]
    [InlineData("""{"client":{"medicines":[]}}""", AnswerState.Known)]
    [InlineData("""{"client":{"medicines":null}}""", AnswerState.NotAsked)]
    [InlineData("""{}""", AnswerState.NotAsked)]
    [InlineData("""{"client":{"medicines":[]},"declined":["medicines"]}""", AnswerState.Declined)]
    [InlineData("""{"dontKnow":["medicines"]}""", AnswerState.Unknown)]
    [InlineData("""{"client":{"medicines":["warfarin"]},"declined":["medicines"]}""", AnswerState.Known)]
    public void The_ways_of_not_answering_stay_apart(string json, AnswerState state)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(state, IntakeReader.ReadIntake(document.RootElement).Value!.Client.Words(ClientField.Medicines).State);
    }

    [Fact]
    public void Every_code_is_registered_once_and_has_an_exit_status_of_the_contract()
    {
        Assert.Equal(Problems.All.Length, Problems.All.Select(k => k.Code).Distinct().Count());
        Assert.All(Problems.All, k => Assert.Contains(k.ExitCode, new[] { 64, 65, 66, 70, 77 }));
        var constants = typeof(Problems).GetFields().Select(f => (string)f.GetValue(null)!);
        Assert.All(constants, code => Assert.NotNull(Problems.Kind(code)));
    }

    private static (string, string) First(string json) => (Screen(json)[0].Problems[0].Code, Screen(json)[0].Problems[0].Path);

    private static List<Reply<Core.Screening.ScreeningAnswer>> Screen(string json) =>
        [.. JsonObjects.Read(Encoding.UTF8.GetBytes(json)).Select(Answerer.Screen)];
}
