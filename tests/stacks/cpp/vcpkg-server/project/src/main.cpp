#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <httplib.h>

static httplib::Server server;

int main()
{
    std::signal(SIGTERM, [](int) { server.stop(); });
    const char *port = std::getenv("PORT");
    server.Get("/livez", [](const httplib::Request &, httplib::Response &answer) { answer.set_content("open", "text/plain"); });
    server.Get("/level", [](const httplib::Request &, httplib::Response &answer) { answer.set_content(fmt::format("{:.2f} m", 3.25), "text/plain"); });
    server.listen("0.0.0.0", port ? std::atoi(port) : 7070);
}
