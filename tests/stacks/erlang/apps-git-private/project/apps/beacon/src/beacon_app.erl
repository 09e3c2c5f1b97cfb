-module(beacon_app).
-behaviour(application).
-export([start/2, stop/1]).

start(_Type, _Arguments) ->
    {ok, proc_lib:spawn_link(fun Wait() -> receive stop -> ok after 1000 -> Wait() end end)}.

stop(_State) ->
    ok.
