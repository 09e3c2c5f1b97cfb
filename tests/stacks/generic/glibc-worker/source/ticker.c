/* project/ticker, made by: gcc -Os -s -Wl,--build-id=none,-z,noseparate-code -o ../project/ticker ticker.c
   Says every second which zone it is in, and ends on SIGTERM. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void ended(int number) { _exit(number == SIGTERM ? 0 : 1); }

int main(int count, char **words) {
    signal(SIGTERM, ended);
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (;;) {
        time_t now = time(NULL);
        printf("%s %s", count > 1 ? words[1] : "it is", ctime(&now));
        sleep(1);
    }
}
