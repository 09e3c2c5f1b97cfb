package com.example.tide;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

@Controller("/tide")
class TideController {
    @Get("/{harbour}")
    @Produces(MediaType.TEXT_PLAIN)
    String next(String harbour) {
        return "high water at " + harbour;
    }
}
