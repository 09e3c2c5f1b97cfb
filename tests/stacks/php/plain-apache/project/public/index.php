<?php

require __DIR__ . '/../vendor/autoload.php';

(new Harbour\Board\Board())->answer(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
