using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Web.Features.Surveys;

/// <summary>What a survey of so many people can and cannot rule out: a page, and its figures as CSV. The numbers are in the address: they are nobody's.</summary>
internal static class SurveyEndpoints
{
    public static void MapSurveys(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/surveys", ["GET", "HEAD"], (HttpRequest request) => Page(SurveyQuery.From(request.Query), StatusCodes.Status200OK)).ExcludeFromDescription();
        app.MapMethods("/surveys.csv", ["GET", "HEAD"], IResult (HttpRequest request) => SurveyQuery.From(request.Query) is var query && query.Survey is { } survey
            ? Results.Text(Csv(survey), "text/csv", Encoding.UTF8)
            : Page(query, StatusCodes.Status400BadRequest)).ExcludeFromDescription();
    }

    private static RazorComponentResult<SurveyPage> Page(SurveyQuery query, int status) => new(new { Query = query }) { StatusCode = status };

    private static string Csv(Survey survey)
    {
        var text = new StringBuilder("asked,had,unit,low,high,level,method,harm_one_in,chance_to_see_once,ask_for_95_percent\n");
        foreach (var one in survey.Beside)
        {
            var interval = one.Interval;
            text.AppendLine(CultureInfo.InvariantCulture, $"{one.Asked},{one.Had},{People.Plural},{interval.Low:R},{interval.High:R},{interval.Level},{interval.Method},{one.OneIn},{one.ChanceToSee:R},{one.SizeToSee}");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }
}
