<!doctype html>
<title>Bakery</title>
<script type="module" src="/build/<?= $manifest['assets/main.js']['file'] ?>"></script>
<p>Rye: <?= htmlspecialchars(Bakery\Prices::of(4.5, 'de_DE')) ?></p>
