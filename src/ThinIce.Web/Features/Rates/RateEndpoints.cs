using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Features.Rates;

/// <summary>All that has been counted, as a page and as CSV.</summary>
internal static class RateEndpoints
{
    public static void MapRates(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/rates", ["GET", "HEAD"], () => new RazorComponentResult<RatesPage>()).ExcludeFromDescription();
        app.MapMethods("/rates.csv", ["GET", "HEAD"], (Answerer answerer) => Results.Text(Csv(answerer.Knowledge), "text/csv", Encoding.UTF8)).ExcludeFromDescription();
    }

    private static string Csv(KnowledgeBase knowledge)
    {
        var text = new StringBuilder("id,what,events,of,unit,percent,low,high,level,method,is_bound,treatment,asked,window,limits,source,address\n");
        foreach (var counted in knowledge.Rates.Select(r => new CountedRate(r)))
        {
            var (rate, interval, source) = (counted.Rate, counted.Interval, knowledge.References[counted.Rate.Reference.Value]);
            string?[] cells =
            [
                rate.Id, rate.What.In("en"), Number(rate.Events), Number(rate.Of), rate.Unit.ToString().ToLowerInvariant(), counted.Percent?.ToString("0.###", CultureInfo.InvariantCulture),
                interval.Low.ToString("R", CultureInfo.InvariantCulture), interval.High.ToString("R", CultureInfo.InvariantCulture), interval.Level.ToString(CultureInfo.InvariantCulture), interval.Method,
                counted.IsBound ? "yes" : "no", rate.Treatment.ToString().ToLowerInvariant(), rate.Asked.In("en"), rate.Window.In("en"), rate.Limits.In("en"), $"{source.Title}. {source.Authors}, {source.Year}", source.Url,
            ];
            text.Append(CsvCell.Line(cells)).Append('\n');
        }

        return text.ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
