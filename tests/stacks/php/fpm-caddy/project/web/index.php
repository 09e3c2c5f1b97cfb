<?php
require dirname(__DIR__) . '/lib/Timetable.php';
$island = (string) ($_GET['to'] ?? 'Norderney');
?>
<!doctype html>
<title>Ferries</title>
<link rel="stylesheet" href="/ferries.css">
<h1>To <?= htmlspecialchars($island) ?></h1>
<p><?= implode(', ', Timetable::of($island)) ?></p>
<p>As of <?= (new DateTimeImmutable('@0'))->setTimezone(new DateTimeZone(date_default_timezone_get()))->format('e') ?></p>
