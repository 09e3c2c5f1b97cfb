#include <libpq-fe.h>
#include <tidetable.hpp>

int main()
{
    PGconn *base = PQconnectdb("");
    const bool well = PQstatus(base) == CONNECTION_OK && tides() == 4;
    PQfinish(base);
    return well ? 0 : 1;
}
