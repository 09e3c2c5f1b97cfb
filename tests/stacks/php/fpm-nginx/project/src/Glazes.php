<?php

namespace Kiln;

final class Glazes
{
    private const DEGREES = ['celadon' => 1280, 'shino' => 1230, 'tenmoku' => 1290];

    /** @return array<string, string> */
    public static function all(string $language): array
    {
        $number = new \NumberFormatter($language, \NumberFormatter::DECIMAL);

        return array_map(static fn (int $degrees): string => $number->format($degrees) . ' °C', self::DEGREES);
    }
}
