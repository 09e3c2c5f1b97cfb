#!/usr/bin/perl
use v5.38;
use Log::Any '$log';
use Redis;
use XML::Parser;

my $going = 1;
local $SIG{TERM} = sub { $going = 0 };

my $redis = Redis->new(server => $ENV{REDIS_ADDRESS});
while ($going) {
    my (undef, $sailing) = $redis->blpop('sailings', 5) or next;
    $log->info(XML::Parser->new(Style => 'Tree')->parse($sailing)->[0]);
}
