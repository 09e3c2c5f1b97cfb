#include <jansson.h>
#include <stdio.h>

int main(void)
{
    json_t *depths = json_pack("[i, i, i]", 12, 9, 4);
    puts(json_dumps(depths, JSON_COMPACT));
    json_decref(depths);
    return 0;
}
