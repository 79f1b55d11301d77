using Mentoring.Feedback;
using Mentoring.Feedback.Concerns;
using Mentoring.Feedback.Figures;
using Mentoring.Feedback.Insights;
using Mentoring.Feedback.Projects;
using Mentoring.Feedback.Reflections;
using Mentoring.Feedback.Reviews;
using Mentoring.Feedback.Surveys;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTenantDb<FeedbackDb>("feedback");
builder.AddPassports("feedback");
builder.AddMessaging<FeedbackDb>("feedback");
// The frameworks' request and command logs say when which route was called and which table was written: that a concern was raised at all.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);

await builder.RunServiceAsync<FeedbackDb>(app =>
{
    var unit = app.MapUnit();
    unit.MapReflections();
    unit.MapSurveys();
    unit.MapInsights();
    unit.MapConcerns();
    unit.MapReviews();
    unit.MapFigures();
    unit.MapProjects();
});

/// <summary>Visible to the tests' factory.</summary>
public partial class Program;
