<?php

namespace Bakery;

final class Prices
{
    public static function of(float $price, string $language): string
    {
        return (new \NumberFormatter($language, \NumberFormatter::CURRENCY))->formatCurrency($price, 'EUR');
    }
}
