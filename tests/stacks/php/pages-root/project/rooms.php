<?php require "inc/head.php"; ?>
<p>Two rooms, one stove.</p>
