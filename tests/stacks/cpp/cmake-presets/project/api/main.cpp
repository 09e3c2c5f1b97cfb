#include <boost/asio.hpp>
#include <boost/json.hpp>
#include <csignal>
#include <iostream>

using boost::asio::ip::tcp;

int main()
{
    boost::asio::io_context loop;
    boost::asio::signal_set stops(loop, SIGTERM);
    stops.async_wait([&](auto, int) { loop.stop(); });
    tcp::acceptor server(loop, {tcp::v4(), 7400});
    std::cout << boost::json::value{{"ferries", 3}} << std::endl;
    loop.run();
}
