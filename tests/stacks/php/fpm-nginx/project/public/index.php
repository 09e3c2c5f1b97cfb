<?php

require __DIR__ . '/../vendor/autoload.php';

header('Content-Type: application/json; charset=utf-8');
echo json_encode(Kiln\Glazes::all($_GET['in'] ?? 'de'), JSON_UNESCAPED_UNICODE), "\n";
