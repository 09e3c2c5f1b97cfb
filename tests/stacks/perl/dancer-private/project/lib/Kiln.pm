package Kiln;
use Dancer2;
use Kiln::Schedule;

get '/' => sub { template 'firings' => { firings => Kiln::Schedule->next(5) } };
get '/_health' => sub { 'burning' };

1;
