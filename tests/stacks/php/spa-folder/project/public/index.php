<?php

if (str_starts_with($_SERVER['REQUEST_URI'], '/api/books')) {
    header('Content-Type: application/json');
    echo json_encode(['A Room of One\'s Own', 'Orlando']);
    exit;
}
readfile(__DIR__ . '/../frontend/dist/index.html');
