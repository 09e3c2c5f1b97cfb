package com.example.postage;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;

public final class PostageServer {
    private static final TreeMap<Integer, Integer> CENTS = new TreeMap<>();

    public static void main(String[] arguments) throws IOException {
        var rates = PostageServer.class.getResourceAsStream("/rates.csv");
        var format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (var reader = new InputStreamReader(rates, StandardCharsets.UTF_8)) {
            format.parse(reader).forEach(row ->
                CENTS.put(Integer.valueOf(row.get("grams")), Integer.valueOf(row.get("cents"))));
        }
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8090"));
        var server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/healthz", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/letter/", exchange -> {
            int grams = Integer.parseInt(exchange.getRequestURI().getPath().substring("/letter/".length()));
            var rate = CENTS.ceilingEntry(grams);
            var answer = rate == null ? "too heavy" : grams + " g cost " + rate.getValue() + " cents";
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(rate == null ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(2)));
        server.start();
    }
}
