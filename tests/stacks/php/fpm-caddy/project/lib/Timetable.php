<?php

final class Timetable
{
    private const HOURS = ['Norderney' => [6, 9, 12, 17], 'Juist' => [11]];

    /** @return list<string> */
    public static function of(string $island): array
    {
        return array_map(static fn (int $hour): string => sprintf('%02d:15', $hour), self::HOURS[$island] ?? []);
    }
}
