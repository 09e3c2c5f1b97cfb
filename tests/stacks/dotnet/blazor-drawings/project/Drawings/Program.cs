using Microsoft.AspNetCore.DataProtection;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(6001));
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddDataProtection().PersistKeysToFileSystem(new("/data/keys"));

var app = builder.Build();
app.MapRazorComponents<Drawings.App>().AddInteractiveServerRenderMode();
app.Run();
