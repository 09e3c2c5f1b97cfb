<?php

namespace Harbour\Tide;

/** The next high waters after a known one: 12 hours and 25 minutes lie between two. */
final class Tide
{
    /** @return list<string> */
    public static function after(string $known, int $count): array
    {
        $minutes = array_map(static fn (int $number): string => bcmul((string) $number, '745'), range(1, $count));
        $start = new \DateTimeImmutable($known);

        return array_map(static fn (string $more): string => $start->modify("+$more minutes")->format('Y-m-d H:i'), $minutes);
    }
}
