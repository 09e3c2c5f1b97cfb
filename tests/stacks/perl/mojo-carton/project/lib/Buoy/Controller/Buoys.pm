package Buoy::Controller::Buoys;
use Mojo::Base 'Mojolicious::Controller', -signatures;

sub list ($self) {
    $self->render(json => $self->pg->db->select('buoys')->hashes);
}

1;
