-module(sundial_server).
-export([start_link/0, init/1]).

start_link() ->
    proc_lib:start_link(?MODULE, init, [self()]).

init(Parent) ->
    {ok, Port} = application:get_env(sundial, port),
    {ok, Socket} = gen_tcp:listen(Port, [binary, {packet, http_bin}, {active, false}, {reuseaddr, true}]),
    proc_lib:init_ack(Parent, {ok, self()}),
    accept(Socket).

accept(Socket) ->
    {ok, Client} = gen_tcp:accept(Socket),
    case gen_tcp:recv(Client, 0, 2000) of
        {ok, {http_request, 'GET', {abs_path, Path}, _}} -> answer(Client, Path);
        _ -> ok
    end,
    gen_tcp:close(Client),
    accept(Socket).

answer(Client, <<"/healthz">>) ->
    send(Client, <<"light">>);
answer(Client, _) ->
    {_, {Hour, Minute, _}} = calendar:universal_time(),
    send(Client, iolist_to_binary(io_lib:format("~2..0B:~2..0B", [Hour, Minute]))).

send(Client, Body) ->
    Head = [<<"HTTP/1.0 200 OK\r\ncontent-length: ">>, integer_to_binary(byte_size(Body)), <<"\r\n\r\n">>],
    gen_tcp:send(Client, [Head, Body]).
