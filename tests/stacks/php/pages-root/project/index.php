<?php require "inc/head.php"; ?>
<p>Open from nine to five.</p>
