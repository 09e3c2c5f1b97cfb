#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>

int main(void)
{
    sigset_t wanted;
    int number = 0;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigprocmask(SIG_BLOCK, &wanted, NULL);
    sqlite3 *log = NULL;
    if (sqlite3_open(":memory:", &log) != SQLITE_OK)
        return 1;
    printf("logging with SQLite %s\n", sqlite3_libversion());
    fflush(stdout);
    sigwait(&wanted, &number);
    return sqlite3_close(log);
}
