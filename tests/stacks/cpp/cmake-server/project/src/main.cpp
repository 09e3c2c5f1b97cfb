#include <csignal>
#include <cstdlib>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "digest.hpp"

static void answer(int client)
{
    char request[2048];
    ssize_t length = read(client, request, sizeof request);
    std::string text(request, length > 0 ? length : 0);
    bool health = text.starts_with("GET /healthz ");
    std::string body = health ? "well" : digest("ahoy");
    std::string reply = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                        "\r\nConnection: close\r\n\r\n" + body;
    send(client, reply.data(), reply.size(), MSG_NOSIGNAL);
    close(client);
}

int main()
{
    std::signal(SIGTERM, [](int) { std::_Exit(0); });
    const char *port = std::getenv("PORT");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port ? std::stoi(port) : 8085);
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(server, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 || listen(server, 64) != 0)
        return 1;
    for (;;) {
        int client = accept(server, nullptr, nullptr);
        if (client >= 0)
            std::thread(answer, client).detach();
    }
}
