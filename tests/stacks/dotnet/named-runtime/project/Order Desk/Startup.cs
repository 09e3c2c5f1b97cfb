public class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddHealthChecks();
        services.AddRazorPages();
    }

    public void Configure(IApplicationBuilder app)
    {
        app.UseHealthChecks("/up");
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapRazorPages());
    }
}
