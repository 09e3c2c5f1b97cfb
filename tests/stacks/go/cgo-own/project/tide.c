#include "tide.h"

#include <math.h>

double tide(double hours) {
    const double period = 12.42;
    return 2.1 - 1.8 * cos(2 * 3.14159265358979 * fmod(hours, period) / period);
}
