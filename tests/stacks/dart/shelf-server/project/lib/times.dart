String nextFerry() => 'a quarter past';
