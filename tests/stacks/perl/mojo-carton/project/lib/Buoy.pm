package Buoy;
use Mojo::Base 'Mojolicious', -signatures;

use Mojo::Pg;

sub startup ($self) {
    $self->plugin('NotYAMLConfig');
    $self->helper(pg => sub { state $pg = Mojo::Pg->new($ENV{DATABASE_URL}) });
    $self->routes->get('/')->to('buoys#list');
    $self->routes->get('/readyz')->to(cb => sub ($c) { $c->render(text => 'ready') });
}

1;
