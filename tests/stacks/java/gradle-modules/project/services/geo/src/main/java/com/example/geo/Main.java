package com.example.geo;

import io.javalin.Javalin;

public class Main {
    public static void main(String[] arguments) {
        Javalin.create()
            .get("/healthz", context -> context.result("ok"))
            .get("/", context -> context.result("north"))
            .start(7070);
    }
}
