<h1>The hut</h1>
<link rel="stylesheet" href="hut.css">
