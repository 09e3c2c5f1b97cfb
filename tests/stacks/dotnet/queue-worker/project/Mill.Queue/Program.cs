using System.Globalization;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHostedService<Grinder>();
await builder.Build().RunAsync();

class Grinder : BackgroundService
{
    static readonly CultureInfo German = new CultureInfo("de-DE");

    protected override Task ExecuteAsync(CancellationToken stopping) => Task.Delay(-1, stopping);
}
