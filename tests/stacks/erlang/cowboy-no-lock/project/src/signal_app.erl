-module(signal_app).
-behaviour(application).
-export([start/2, stop/1]).
-export([init/2]).

start(_Type, _Arguments) ->
    Routes = cowboy_router:compile([{'_', [{"/flags", ?MODULE, []}, {"/livez", ?MODULE, []}]}]),
    Port = list_to_integer(os:getenv("PORT", "8300")),
    {ok, _} = cowboy:start_clear(flags, [{port, Port}], #{env => #{dispatch => Routes}}).

stop(_State) ->
    cowboy:stop_listener(flags).

init(Request, State) ->
    {ok, cowboy_req:reply(200, #{}, jiffy:encode([<<"alpha">>, <<"bravo">>]), Request), State}.
