<?php

namespace Harbour\Board;

use Harbour\Tide\Tide;

final class Board
{
    /** Answers one request, as JSON. */
    public function answer(string $path): void
    {
        header('Content-Type: application/json');
        $page = match ($path) {
            '/' => ['harbour' => 'Cuxhaven', 'high' => Tide::after('2026-11-01 04:10', 2)],
            '/healthz' => ['status' => 'ok'],
            default => null,
        };
        if ($page === null) {
            http_response_code(404);
        }
        echo json_encode($page ?? ['error' => "nothing at $path"]), "\n";
    }
}
