<?php
require dirname(__DIR__) . '/lib/Timetable.php';
header('Content-Type: text/plain; charset=utf-8');
echo count(Timetable::of('Juist')), " ferry a day comes from Juist\n";
