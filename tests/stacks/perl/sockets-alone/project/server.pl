#!/usr/bin/perl
use strict;
use warnings;
use IO::Socket::INET;

$SIG{TERM} = sub { exit 0 };
my $server = IO::Socket::INET->new(
    LocalAddr => '0.0.0.0',
    LocalPort => $ENV{PORT} || 7070,
    Listen    => 16,
    ReuseAddr => 1,
) or die "$@\n";

while (my $visitor = $server->accept) {
    my $asked = <$visitor>;
    my $said = ($asked // '') =~ m{^GET /ping } ? 'pong' : 'the lamp is lit';
    print $visitor "HTTP/1.0 200 OK\r\nContent-Length: " . length($said) . "\r\n\r\n$said";
    close $visitor;
}
