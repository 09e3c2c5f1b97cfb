use strict;
use warnings;
use JSON::MaybeXS qw(encode_json);
use Plack::Builder;

my $app = sub {
    my ($env) = @_;
    return [204, [], []] if $env->{PATH_INFO} eq '/livez';
    return [200, ['Content-Type' => 'application/json'], [encode_json({ hives => 14 })]];
};

builder {
    enable 'Plack::Middleware::Static', path => qr{^/img/}, root => './public/';
    $app;
};
