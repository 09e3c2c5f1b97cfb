#include <chrono>
#include <cstdlib>
#include <thread>

int main()
{
    while (true) {
        if (std::getenv("BUOY_URL") == nullptr)
            return 1;
        std::this_thread::sleep_for(std::chrono::minutes(1));
    }
}
