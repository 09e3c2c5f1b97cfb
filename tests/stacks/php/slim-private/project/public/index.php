<?php

use Slim\Factory\AppFactory;

require __DIR__ . '/../vendor/autoload.php';

$app = AppFactory::create();
$app->get('/health', function ($request, $response) {
    $response->getBody()->write('{"status":"ok"}');

    return $response->withHeader('Content-Type', 'application/json');
});
$app->run();
