/* Height of the water in metres, by the hours since any low water. */
double tide(double hours);
