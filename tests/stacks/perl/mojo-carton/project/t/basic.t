use Mojo::Base -strict;
use Test::Mojo;
use Test::More;

Test::Mojo->new('Buoy')->get_ok('/readyz')->status_is(200);
done_testing;
