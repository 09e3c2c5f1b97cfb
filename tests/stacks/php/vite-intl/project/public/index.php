<?php

require __DIR__ . '/../vendor/autoload.php';

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/health') {
    echo 'ok';
    exit;
}
$manifest = json_decode(file_get_contents(__DIR__ . '/build/manifest.json'), true);
require __DIR__ . '/../templates/page.php';
